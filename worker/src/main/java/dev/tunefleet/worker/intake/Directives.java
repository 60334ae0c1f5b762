package dev.tunefleet.worker.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;

/** The directives in force: the newest of each key. Thread-safe. */
final class Directives {

    private volatile Map<String, Directive> inForce = new ConcurrentHashMap<>();

    void put(String key, Directive directive) {
        inForce.put(key, directive);
    }

    void remove(String key) {
        inForce.remove(key);
    }

    /** From now on those of {@code others} are in force, and no other; they must not change any more except through this. */
    void become(Directives others) {
        inForce = others.inForce;
    }

    /** O(directives in force). */
    boolean stop(Execution execution) {
        return inForce.values().stream().anyMatch(directive -> directive.stops(execution));
    }
}
