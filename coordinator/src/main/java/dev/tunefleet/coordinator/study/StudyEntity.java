package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.StudyId;

/**
 * Everything that a study remembers besides its trials, as it is stored.
 *
 * @param spec what was asked for; absent before creation and after deletion
 * @param dataset the data of {@code spec}; absent with it
 * @param attemptFloor attempts up to this number belong to a deleted study of the same name
 * @param waiting suggestions without a slot, oldest first
 * @param request what the search has been asked for and has not answered
 * @param spent how long the study has run, pauses and standstills not counted
 * @param ending why no more configurations are tried, once that is so
 * @param overfit the trial that opened L2 and why, once that is so
 * @param evaluation the winner's measurement on the test part, once it was asked for
 * @param failure why the study failed, once it has
 * @param requests the newest requests that were carried out or refused, oldest first
 * @param shape what the data asks of each trial, once a worker has read it
 * @param halvingEnd why trials are no longer chosen by early rungs, once that is so
 * @param newest the place of the newest command that was carried out or refused, where it is known
 */
public record StudyEntity(
        StudyId id,
        StudyState state,
        Optional<StudySpec> spec,
        Optional<BlobRef> dataset,
        int attemptFloor,
        Tally tally,
        Optional<Best> best,
        List<Suggestion> waiting,
        Optional<SuggestionRequest> request,
        Duration spent,
        Optional<EndReason> ending,
        Optional<L2Opening> overfit,
        Optional<Evaluation> evaluation,
        Optional<String> failure,
        List<RequestId> requests,
        Optional<DataShape> shape,
        Optional<HalvingEnd> halvingEnd,
        Optional<Place> newest) {

    /** How many requests are remembered. */
    static final int REMEMBERED = 64;

    public StudyEntity {
        waiting = List.copyOf(waiting);
        requests = List.copyOf(requests);
    }

    /** Whether time counts: while configurations are tried, and after that until the best of them are confirmed. */
    public boolean timed() {
        return state.timed(ending);
    }

    /** A study of which nothing is known. */
    public static StudyEntity absent(StudyId id) {
        return bare(id, StudyState.ABSENT, 0, List.of(), Optional.empty());
    }

    /** What remains after deletion: enough to know late events of the deleted study from those of a new one. */
    static StudyEntity deleted(StudyId id, int floor, List<RequestId> answered, Optional<Place> newest) {
        return bare(id, StudyState.DELETED, floor, answered, newest);
    }

    private static StudyEntity bare(
            StudyId id, StudyState state, int floor, List<RequestId> requests, Optional<Place> newest) {
        return new StudyEntity(
                id,
                state,
                Optional.empty(),
                Optional.empty(),
                floor,
                Tally.ZERO,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                requests,
                Optional.empty(),
                Optional.empty(),
                newest);
    }
}
