package dev.tunefleet.common.trial;

import java.util.UUID;

/** What every worker must heed before and while it runs an execution; the newest one of a key holds. */
public sealed interface Directive {

    /** Only {@code owner} may run {@code attempt}; earlier attempts of the trial and other executions stop. */
    record Own(AttemptId attempt, UUID owner) implements Directive {}

    /** Every execution of the trial up to and including {@code attempt} stops. */
    record StopTrial(AttemptId attempt) implements Directive {}

    /** Every execution of the study stops. */
    record StopStudy(StudyId study) implements Directive {}

    /** Whether {@code execution} must stop because of this. */
    default boolean stops(Execution execution) {
        return switch (this) {
            case Own(AttemptId attempt, UUID owner) ->
                execution.attempt().trial().equals(attempt.trial())
                        && (execution.attempt().number() < attempt.number()
                                || execution.attempt().equals(attempt)
                                        && !execution.id().equals(owner));
            case StopTrial(AttemptId attempt) ->
                execution.attempt().trial().equals(attempt.trial())
                        && execution.attempt().number() <= attempt.number();
            case StopStudy(StudyId study) -> execution.attempt().trial().study().equals(study);
        };
    }
}
