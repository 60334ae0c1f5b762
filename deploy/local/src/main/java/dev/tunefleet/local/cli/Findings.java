package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tunefleet.common.wire.Json;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.ImportanceView;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

/**
 * Everything that a report on a study tells.
 *
 * @param advice on the study as a whole
 * @param examined trials with their curves, the best first; not all of a large study
 * @param verdicts on the examined trials and on those that ended without a result, gravest first for each
 */
record Findings(
        StudyView study,
        List<Advice> advice,
        List<TrialView> trials,
        List<TrialView> examined,
        List<Verdict> verdicts,
        ImportanceView importance) {

    /** So many trials are looked at one by one; a request each. */
    private static final int MOST = 100;

    Findings {
        advice = List.copyOf(advice);
        trials = List.copyOf(trials);
        examined = List.copyOf(examined);
        verdicts = List.copyOf(verdicts);
    }

    /** What was seen, and what to do about it. */
    record Advice(String evidence, String advice) {}

    /** What is to be said of a trial. */
    record Verdict(int trial, String finding, String evidence, String advice) {}

    static Findings of(Coordinator coordinator, String id) throws IOException, InterruptedException {
        StudyView study = coordinator.study(id);
        var advice = new ArrayList<Advice>();
        for (JsonNode each : coordinator.get("/studies/" + study.id()).path("advice")) {
            advice.add(new Advice(
                    each.path("evidence").asText(), each.path("advice").asText()));
        }
        List<TrialView> trials = coordinator.trials(id);
        Comparator<TrialView> best =
                Comparator.comparingDouble(trial -> trial.value().orElse(Double.POSITIVE_INFINITY));
        List<TrialView> fruitless = trials.stream()
                .filter(trial -> List.of("INFEASIBLE", "FAILED").contains(trial.state()))
                .limit(MOST / 2)
                .toList();
        List<TrialView> fruitful = trials.stream()
                .filter(trial -> trial.value().isPresent() && !fruitless.contains(trial))
                .sorted(best)
                .limit(MOST - fruitless.size())
                .toList();
        var examined = new ArrayList<TrialView>();
        var verdicts = new ArrayList<Verdict>();
        for (TrialView trial :
                Stream.concat(fruitful.stream(), fruitless.stream()).toList()) {
            JsonNode whole = coordinator.get("/studies/" + study.id() + "/trials/" + trial.number());
            examined.add(Json.MAPPER.treeToValue(whole, TrialView.class));
            for (JsonNode verdict : whole.path("verdicts")) {
                verdicts.add(new Verdict(
                        trial.number(),
                        verdict.path("finding").asText(),
                        verdict.path("evidence").asText(),
                        verdict.path("advice").asText()));
            }
        }
        return new Findings(study, advice, trials, examined, verdicts, coordinator.importance(id));
    }
}
