package dev.tunefleet.local.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

/** Everything that is written of a study that has ended: whether it adds up, and what it cost. */
final class Ledger {

    private static final Set<String> OUTCOMES =
            Set.of("trial-completed", "trial-pruned", "trial-infeasible", "trial-failed", "trial-cancelled");
    private static final Set<String> ENDS_OF_STUDIES = Set.of("COMPLETED", "STOPPED");
    private static final Set<String> ENDS_OF_ATTEMPTS = Set.of("attempt-lost", "attempt-released");

    private static final Set<String> ENDS_OF_EXECUTIONS = Set.of(
            "rung-reached", "trial-completed", "trial-failed", "trial-released", "trial-stopped", "test-evaluated");

    private final List<Entry> facts;
    private final List<Entry> events;

    /**
     * @param facts the journal of the study
     * @param events what workers reported to it
     */
    Ledger(List<Entry> facts, List<Entry> events) {
        this.facts = List.copyOf(facts);
        this.events = List.copyOf(events);
    }

    /** What does not add up with what a coordinator shows, a sentence each; nothing in a balanced ledger. */
    List<String> mistakes(StudyView study, List<TrialView> trials) {
        var mistakes = new ArrayList<String>();
        if (!ENDS_OF_STUDIES.contains(study.state())) {
            mistakes.add("The study is " + study.state() + ": " + study.reason());
        }
        mistakes.addAll(outcomes(study, trials));
        mistakes.addAll(attempts());
        mistakes.addAll(repeats());
        mistakes.addAll(best(study));
        return mistakes;
    }

    /** Trials that failed by a fault of a program or of what it read, which no killed process explains. */
    List<String> faults() {
        return facts.stream()
                .filter(fact -> fact.is("trial-failed"))
                .filter(fact -> !fact.body().path("reason").asText().equals("WORKER_LOST"))
                .map(fact -> "Trial " + fact.trial() + " must not fail: " + fact.body())
                .toList();
    }

    /** How many facts are of type {@code type}. */
    int count(String type) {
        return (int) facts.stream().filter(fact -> fact.is(type)).count();
    }

    /** Attempts that went on from a checkpoint. */
    int resumed() {
        return (int) facts.stream()
                .filter(fact -> fact.is("attempt-published"))
                .filter(fact -> fact.body().hasNonNull("resumeFrom"))
                .count();
    }

    /** Lost attempts that their trials were blamed for. */
    int charged() {
        return (int) facts.stream()
                .filter(fact -> fact.is("attempt-lost"))
                .filter(fact -> fact.body().path("charged").asBoolean())
                .count();
    }

    /** The epochs of {@code trial} that count, in the order in which they were recorded. */
    List<Integer> epochsOf(int trial) {
        return facts.stream()
                .filter(fact -> fact.is("epoch-measured") && fact.trial() == trial)
                .map(fact -> fact.body().at("/measurement/epoch").asInt())
                .toList();
    }

    /** The type of what {@code worker} reported last; empty where it never did. */
    String lastReport(String worker) {
        return events.reversed().stream()
                .filter(event -> event.body().at("/execution/worker").asText().equals(worker))
                .map(Entry::type)
                .findFirst()
                .orElse("");
    }

    /** The types of what {@code worker} reported of attempt {@code attempt} of any trial, in order. */
    List<String> reports(String worker, int attempt) {
        return events.stream()
                .filter(event -> event.body().at("/execution/worker").asText().equals(worker))
                .filter(event -> event.body().at("/execution/attempt/number").asInt() == attempt)
                .map(Entry::type)
                .toList();
    }

    /** How many executions were begun. */
    int executions() {
        return (int) events.stream()
                .filter(event -> event.is("trial-started"))
                .map(Ledger::execution)
                .distinct()
                .count();
    }

    /** The executions that were begun and never reported an end. */
    List<String> unended() {
        var open = new LinkedHashSet<String>();
        events.stream().filter(event -> event.is("trial-started")).forEach(event -> open.add(execution(event)));
        events.stream()
                .filter(event -> ENDS_OF_EXECUTIONS.contains(event.type()))
                .forEach(event -> open.remove(execution(event)));
        return List.copyOf(open);
    }

    /** How many facts there are. */
    int facts() {
        return facts.size();
    }

    /** When the newest fact was recorded, by the clock of whoever recorded it. */
    Instant newest() {
        return Instant.ofEpochMilli(facts.getLast().time());
    }

    /** How many reports of workers there are. */
    int events() {
        return events.size();
    }

    /** The longest time in which no fact was recorded, in milliseconds. */
    long longestSilence() {
        return IntStream.range(1, facts.size())
                .mapToLong(i -> facts.get(i).time() - facts.get(i - 1).time())
                .max()
                .orElse(0);
    }

    /** From the loss of each attempt to the start of the trial's next, in milliseconds. */
    List<Long> delaysAfterLoss() {
        Map<Integer, Long> lost = new HashMap<>();
        var delays = new ArrayList<Long>();
        for (Entry fact : facts) {
            if (fact.is("attempt-lost")) {
                lost.put(fact.trial(), fact.time());
            } else if (fact.is("attempt-started") && lost.containsKey(fact.trial())) {
                delays.add(fact.time() - lost.remove(fact.trial()));
            }
        }
        return delays;
    }

    private static String execution(Entry event) {
        return event.body().at("/execution/id").asText();
    }

    private List<String> outcomes(StudyView study, List<TrialView> trials) {
        var mistakes = new ArrayList<String>();
        Map<Integer, List<String>> ends = new TreeMap<>();
        for (Entry fact : facts) {
            if (fact.is("trial-queued") && ends.put(fact.trial(), new ArrayList<>()) != null) {
                mistakes.add("Trial " + fact.trial() + " was queued twice.");
            }
            if (OUTCOMES.contains(fact.type())) {
                ends.computeIfAbsent(fact.trial(), unqueued -> new ArrayList<>())
                        .add(fact.type());
            }
        }
        ends.forEach((trial, found) -> {
            if (found.size() != 1) {
                mistakes.add("Trial " + trial + " must have one outcome, has " + found + ".");
            }
        });
        if (ends.size() != study.requested() || study.finished() != study.requested()) {
            mistakes.add("Of " + study.requested() + " trials that were asked for, the journal has " + ends.size()
                    + " and the coordinator shows " + study.finished() + " as finished.");
        }
        for (TrialView trial : trials) {
            String shown = "trial-" + trial.state().toLowerCase(Locale.ROOT);
            if (!List.of(shown).equals(ends.get(trial.number()))) {
                mistakes.add("Trial " + trial.number() + " is shown as " + trial.state() + ", the journal has "
                        + ends.get(trial.number()) + ".");
            }
        }
        return mistakes;
    }

    private List<String> attempts() {
        var mistakes = new ArrayList<String>();
        Map<Integer, Integer> newest = new HashMap<>();
        Set<String> started = new HashSet<>();
        Set<String> ended = new HashSet<>();
        for (Entry fact : facts) {
            String name = fact.trial() + "#" + fact.attempt();
            boolean published = fact.is("attempt-published") || fact.is("evaluation-published");
            if (published && newest.merge(fact.trial(), 1, Integer::sum) != fact.attempt()) {
                mistakes.add("Attempt " + name + " was published out of turn.");
            }
            if (fact.is("attempt-started") && !started.add(name)) {
                mistakes.add("Attempt " + name + " has two owners.");
            }
            if (ENDS_OF_ATTEMPTS.contains(fact.type()) && !ended.add(name)) {
                mistakes.add("Attempt " + name + " ended twice.");
            }
        }
        return mistakes;
    }

    /** A trial that was trained twice, or in parts by several workers, must have come to the same each time. */
    private List<String> repeats() {
        var mistakes = new ArrayList<String>();
        Map<String, JsonNode> first = new HashMap<>();
        for (Entry event : events) {
            int trial = event.body().at("/execution/attempt/trial/number").asInt();
            if (event.is("epoch-measured")) {
                JsonNode measured = event.body().path("measurement");
                String epoch = "epoch " + measured.path("epoch").asInt() + " of trial " + trial;
                compare(epoch, measured.path("rankValue"), first, mistakes);
            } else if (event.is("trial-completed")) {
                compare("trial " + trial, event.body().at("/result/value"), first, mistakes);
            }
        }
        return mistakes;
    }

    private static void compare(String what, JsonNode value, Map<String, JsonNode> first, List<String> mistakes) {
        JsonNode before = first.putIfAbsent(what, value);
        if (before != null && !before.equals(value)) {
            mistakes.add("The value of " + what + " is " + value + " once and " + before + " another time.");
        }
    }

    private List<String> best(StudyView study) {
        var values = events.stream()
                .filter(event -> event.is("trial-completed"))
                .mapToDouble(event -> event.body().at("/result/value").asDouble())
                .min();
        if (values.isEmpty() || study.best().isEmpty()) {
            return List.of("A best trial must be reported and shown: " + values + ", " + study.best() + ".");
        }
        double shown = study.best().get().value();
        return shown == values.getAsDouble()
                ? List.of()
                : List.of("The best value reported is " + values.getAsDouble() + ", the one shown " + shown + ".");
    }
}
