package dev.tunefleet.coordinator.study;

import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialId;

/** What a decision wants sent, in the same transaction as its facts. */
public sealed interface Effect {

    /** Put an attempt into the queue. */
    record Publish(Assignment assignment) implements Effect {}

    /** Tell every worker, under the key of the directive's trial or study. */
    record Direct(Directive directive) implements Effect {}

    /** Withdraw what was directed under the key of {@code trial}. */
    record ClearDirective(TrialId trial) implements Effect {}

    /** Withdraw what was directed under the key of {@code study}. */
    record ClearStudyDirective(StudyId study) implements Effect {}

    /** Tell every coordinator how many slots the study could use now, running ones counted. */
    record Demand(int slots) implements Effect {}
}
