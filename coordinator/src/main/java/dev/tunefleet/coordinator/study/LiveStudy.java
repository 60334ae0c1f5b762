package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.StudyId;

/** A {@link StudyEntity} that can be changed; the fields mean what they mean there. */
final class LiveStudy {

    final StudyId id;
    StudyState state;
    Optional<StudySpec> spec;
    Optional<BlobRef> dataset;
    int attemptFloor;
    Tally tally;
    Optional<Best> best;
    List<Suggestion> waiting;
    Optional<SuggestionRequest> request;
    Duration spent;
    Optional<EndReason> ending;
    Optional<L2Opening> overfit;
    Optional<Evaluation> evaluation;
    Optional<String> failure;
    Optional<DataShape> shape;
    Optional<HalvingEnd> halvingEnd;
    private Deque<RequestId> requests;
    private Optional<Place> newest;

    LiveStudy(StudyEntity from) {
        id = from.id();
        state = from.state();
        spec = from.spec();
        dataset = from.dataset();
        attemptFloor = from.attemptFloor();
        tally = from.tally();
        best = from.best();
        waiting = new ArrayList<>(from.waiting());
        request = from.request();
        spent = from.spent();
        ending = from.ending();
        overfit = from.overfit();
        evaluation = from.evaluation();
        failure = from.failure();
        shape = from.shape();
        halvingEnd = from.halvingEnd();
        requests = new ArrayDeque<>(from.requests());
        newest = from.newest();
    }

    StudyEntity entity() {
        return new StudyEntity(
                id,
                state,
                spec,
                dataset,
                attemptFloor,
                tally,
                best,
                waiting,
                request,
                spent,
                ending,
                overfit,
                evaluation,
                failure,
                List.copyOf(requests),
                shape,
                halvingEnd,
                newest);
    }

    /** What was asked for; only of a study that exists. */
    StudySpec asked() {
        return spec.orElseThrow(() -> new IllegalStateException("Study " + id + " must exist."));
    }

    /** Whether {@code request}, whose command lies at {@code place}, was carried out or refused before. */
    boolean decided(RequestId request, Optional<Place> place) {
        return requests.contains(request)
                || place.isPresent() && newest.isPresent() && place.get().readBy(newest.get());
    }

    void remember(RequestId request, Optional<Place> place) {
        newest = place.map(here -> newest.map(here::after).orElse(here)).or(() -> newest);
        requests.addLast(request);
        if (requests.size() > StudyEntity.REMEMBERED) {
            requests.removeFirst();
        }
    }
}
