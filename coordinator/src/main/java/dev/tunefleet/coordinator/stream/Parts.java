package dev.tunefleet.coordinator.stream;

import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Singleton;

import io.smallrye.reactive.messaging.MutinyEmitter;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.retention.Sweeper;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.view.Change;
import dev.tunefleet.coordinator.view.ReadModel;

/** The parts that a coordinator is put together from. */
@Singleton
class Parts {

    private static final Logger LOG = Logger.getLogger(Parts.class);

    private final ReadModel model;
    private final Capacity capacity;
    private final Vitals vitals;
    private final Meters meters;
    private final CommandSender commands;
    private final MutinyEmitter<Change> changes;
    private final BlobStore blobs;
    private final StudyInsights insights;
    private final Ownership ownership = new Ownership();

    Parts(
            ReadModel model,
            Capacity capacity,
            Vitals vitals,
            Meters meters,
            CommandSender commands,
            @Channel("changes") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<Change> changes,
            BlobStore blobs,
            StudyInsights insights) {
        this.model = model;
        this.capacity = capacity;
        this.vitals = vitals;
        this.meters = meters;
        this.commands = commands;
        this.changes = changes;
        this.blobs = blobs;
        this.insights = insights;
    }

    ReadModel model() {
        return model;
    }

    Capacity capacity() {
        return capacity;
    }

    Vitals vitals() {
        return vitals;
    }

    Meters meters() {
        return meters;
    }

    Surroundings surroundings(InputLag lag) {
        return new Surroundings(capacity, lag, ownership, meters, System::nanoTime);
    }

    JournalReader reader() {
        return new JournalReader(model, capacity, ownership);
    }

    SearchExecutor search(int threads) {
        return new SearchExecutor(
                model,
                ownership::owns,
                capacity,
                this::send,
                new Searches(spec -> Searches.asked(spec, meters), meters),
                threads);
    }

    /**
     * Deletes what no study needs, in one coordinator alone and where the whole journal is known and nothing that workers reported is
     * unread.
     *
     * @param lag of the input
     * @param shards the partitions of the input
     */
    Sweeper sweeper(InputLag lag, int shards) {
        return new Sweeper(
                blobs,
                model,
                meters,
                Clock.systemUTC(),
                this::front,
                () -> ownership.first()
                        && vitals.deciding()
                        && vitals.journalRead()
                        && IntStream.range(0, shards).allMatch(lag::zero));
    }

    private Set<Integer> front(StudyId id) {
        return model
                .study(id)
                .filter(study -> study.study()
                        .spec()
                        .filter(spec -> !spec.expenses().isEmpty())
                        .isPresent())
                .stream()
                .flatMap(study -> insights.front(study).stream())
                .map(trial -> (int) trial.trial())
                .collect(Collectors.toSet());
    }

    /** Tells the live feed. */
    void announce(Change change) {
        changes.sendAndForget(change);
    }

    private void send(StudyId study, Command command) {
        commands.send(study, command)
                .subscribe()
                .with(
                        sent -> LOG.debugf("Answered %s", command.request()),
                        failure -> LOG.warnf(failure, "The answer %s could not be sent.", command.request()));
    }
}
