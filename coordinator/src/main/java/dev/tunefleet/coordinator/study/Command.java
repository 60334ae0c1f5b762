package dev.tunefleet.coordinator.study;

import java.util.List;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;

/** What a user, or the search on the study's behalf, asks of a study. */
public sealed interface Command {

    RequestId request();

    /**
     * Begin a study. The same file once more is answered and changes nothing; one whose budget alone differs extends the study;
     * any other difference is refused with its names.
     *
     * @param dataset the data that {@code spec.data().uri()} names
     */
    record CreateStudy(RequestId request, StudySpec spec, BlobRef dataset) implements Command {}

    /** Hand out nothing new; attempts that run go on to their end. The time of a pause does not count. */
    record PauseStudy(RequestId request) implements Command {}

    record ResumeStudy(RequestId request) implements Command {}

    /** End the study now with what it has: attempts that run are stopped and their best epoch counts. */
    record StopStudy(RequestId request) implements Command {}

    /** Forget the study and everything in it. */
    record DeleteStudy(RequestId request) implements Command {}

    /** Try this configuration before any suggestion. */
    record EnqueueTrial(RequestId request, Configuration configuration) implements Command {}

    record CancelTrial(RequestId request, int trial) implements Command {}

    /**
     * The search's answer to {@link Fact.SuggestionsRequested}; empty where it knows no configuration that is new and allowed.
     *
     * <p>It is taken once for each request, without a reply; an answer to a request that is not open changes nothing.
     *
     * @param number the number of the suggestion request that this answers
     */
    record OfferSuggestions(RequestId request, long number, List<Configuration> configurations) implements Command {
        public OfferSuggestions {
            configurations = List.copyOf(configurations);
        }
    }
}
