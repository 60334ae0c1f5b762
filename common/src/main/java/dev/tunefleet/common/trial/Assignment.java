package dev.tunefleet.common.trial;

import java.util.Optional;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.StudySpec;

/** One record of the queue: work for one slot of one worker, with everything that it needs. */
public sealed interface Assignment {

    AttemptId attempt();

    StudySpec study();

    Configuration configuration();

    /** The data set as it was when the study was created; absent in records from before they named it. */
    Optional<BlobRef> dataset();

    /**
     * Train a trial until {@code trainTo} epochs are done. An attempt that trained to the last epoch of the budget or was
     * stopped early by patience ends as completed, any other as a reached rung. Where the checkpoint has {@code trainTo} epochs
     * already, nothing is trained: the model of its best epoch is exported and the attempt ends as completed.
     *
     * @param resumeFrom where to go on; a fresh start where absent
     * @param seed of initialisation, shuffling and dropout; the same for each attempt of a trial
     * @param alone whether nothing else may run in the worker meanwhile, because the trial has cost a worker before
     */
    record TrialSpec(
            AttemptId attempt,
            StudySpec study,
            Configuration configuration,
            int trainTo,
            Optional<Checkpoint> resumeFrom,
            long seed,
            boolean alone,
            Optional<BlobRef> dataset)
            implements Assignment {}

    /** Measure the winner's model on the test part, once. */
    record FinalEvaluation(
            AttemptId attempt, StudySpec study, Configuration configuration, BlobRef model, Optional<BlobRef> dataset)
            implements Assignment {}
}
