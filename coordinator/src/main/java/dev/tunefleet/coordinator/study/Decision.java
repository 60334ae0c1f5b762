package dev.tunefleet.coordinator.study;

import java.util.List;

/**
 * What one input led to.
 *
 * @param facts for the journal, in order; the study that decided has replayed them already
 * @param effects to be sent, in order
 */
public record Decision(List<Fact> facts, List<Effect> effects) {

    public static final Decision NOTHING = new Decision(List.of(), List.of());

    public Decision {
        facts = List.copyOf(facts);
        effects = List.copyOf(effects);
    }
}
