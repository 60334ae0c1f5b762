package dev.tunefleet.coordinator.asktell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.coordinator.search.Goal;
import dev.tunefleet.coordinator.search.GuidePrior;
import dev.tunefleet.coordinator.search.Observation;
import dev.tunefleet.coordinator.search.Outcome;
import dev.tunefleet.coordinator.search.Pending;
import dev.tunefleet.coordinator.search.Search;
import dev.tunefleet.coordinator.search.SearchView;
import dev.tunefleet.coordinator.search.SobolSearch;

/** One study of the protocol: what was asked and told since the last {@code init}. */
final class Game {

    private final JsonSpace space;
    private final Search search;
    private final SearchView start;
    private final long seed;
    private final List<Observation> observations = new ArrayList<>();
    private final Map<Integer, Pending> pending = new LinkedHashMap<>();
    private int asked;
    private int trials;

    private Game(JsonSpace space, Search search, SearchView start, long seed) {
        this.space = space;
        this.search = search;
        this.start = start;
        this.seed = seed;
    }

    /**
     * The study that an {@code init} describes.
     *
     * @throws IllegalArgumentException when it describes none
     */
    static Game of(JsonNode request, Search search) {
        var space = JsonSpace.of(request.path("space"));
        int parallel = whole(request, "parallel", 1);
        int budget = whole(request, "budget", 0);
        String direction = request.path("direction").asText("minimize");
        Goal goal =
                switch (direction) {
                    case "minimize" -> Goal.MINIMISE;
                    case "maximize" -> Goal.MAXIMISE;
                    default ->
                        throw new IllegalArgumentException(
                                "The direction (" + direction + ") must be minimize or maximize.");
                };
        JsonNode seed = request.path("seed");
        if (!seed.isMissingNode() && !seed.isNull() && !seed.isIntegralNumber()) {
            throw new IllegalArgumentException("The seed (" + seed + ") must be a whole number.");
        }
        SearchView view = guided(request, SearchView.of(space.space()))
                .withGoals(goal)
                .withResources(Math.max(1, parallel), budget);
        return new Game(space, search, view, seed.asLong(0));
    }

    /** The guide's start values and prior, for those who ask for them; names of parameters alone never mean anything. */
    private static SearchView guided(JsonNode request, SearchView view) {
        String prior = request.path("prior").asText("none");
        return switch (prior) {
            case "none", "null" -> view;
            case "guide" -> view.withPrior(GuidePrior.of(view.space())).withStarts(List.of(Guide.start(view.space())));
            default -> throw new IllegalArgumentException("The prior (" + prior + ") must be guide, or absent.");
        };
    }

    /** Hands out the next configuration; goes over the space again once each point of a finite one was tried. */
    ObjectNode ask() {
        SearchView view = start.withObservations(observations).withPending(List.copyOf(pending.values()));
        List<Configuration> found = search.suggest(view, 1, seed);
        if (found.isEmpty()) {
            found = new SobolSearch().suggest(start.withStarts(List.of()), 1, seed + trials);
        }
        int id = asked++;
        pending.put(id, new Pending(trials++, found.getFirst()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("id", id);
        answer.set("params", space.write(found.getFirst()));
        return answer;
    }

    void tell(JsonNode request) {
        JsonNode id = request.path("id");
        if (!id.isInt() || id.intValue() < 0 || id.intValue() >= asked) {
            throw new IllegalArgumentException("The id (" + id + ") of a tell must be one that an ask answered with.");
        }
        Pending trial = pending.get(id.intValue());
        if (trial == null) {
            throw new IllegalArgumentException("The id (" + id + ") of a tell must not have been told before.");
        }
        observations.add(new Observation(trial.trial(), trial.configuration(), outcome(request)));
        pending.remove(id.intValue());
    }

    void add(JsonNode request) {
        Configuration configuration = space.read(request.path("params"));
        observations.add(new Observation(trials, configuration, outcome(request)));
        trials++;
    }

    private static Outcome outcome(JsonNode request) {
        JsonNode value = request.path("value");
        if (value.isNull() || value.isNumber() && !Double.isFinite(value.doubleValue())) {
            return new Outcome.Diverged();
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    "The value (" + value + ") must be a number, or null for a failed trial.");
        }
        return Outcome.Measured.of(value.doubleValue());
    }

    private static int whole(JsonNode request, String name, int absent) {
        JsonNode value = request.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isInt() || value.intValue() < 0) {
            throw new IllegalArgumentException("The " + name + " (" + value + ") must be a whole number, at least 0.");
        }
        return value.intValue();
    }
}
