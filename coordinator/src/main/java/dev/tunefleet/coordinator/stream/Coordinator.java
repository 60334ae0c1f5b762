package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

import dev.tunefleet.common.clock.ClockWatch;
import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.coordinator.config.CoordinatorConfig;
import dev.tunefleet.coordinator.config.KafkaConnection;
import dev.tunefleet.coordinator.retention.Sweeper;
import dev.tunefleet.coordinator.view.Change;

/**
 * The life of the coordinator: provisions Kafka, starts the topology and the tails, and keeps house once a second until it is
 * told to stop. All of it in one thread of its own, so that the program answers health checks meanwhile.
 */
@Singleton
@UnlessBuildProfile("test")
class Coordinator {

    private static final Logger LOG = Logger.getLogger(Coordinator.class);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final CoordinatorConfig config;
    private final KafkaConnection kafka;
    private final Parts parts;
    private final ClockWatch clock = new ClockWatch();
    private final Thread thread =
            Thread.ofPlatform().name("tunefleet-coordinator").unstarted(this::live);

    Coordinator(CoordinatorConfig config, KafkaConnection kafka, Parts parts) {
        this.config = config;
        this.kafka = kafka;
        this.parts = parts;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(10));
    }

    private void live() {
        try {
            while (true) {
                lead();
                Thread.sleep(RETRY);
            }
        } catch (InterruptedException | InterruptException stopped) {
            LOG.debug("The coordinator stops.");
        } catch (RuntimeException | Error failure) {
            LOG.error("The coordinator cannot go on.", failure);
            parts.vitals().found(List.of("The coordinator cannot go on: " + failure.getMessage()));
            giveUp();
        }
    }

    /** Leads the fleet until that breaks off for a reason that passes. */
    private void lead() throws InterruptedException {
        Map<String, Object> settings = kafka.with(Map.of(AdminClientConfig.CLIENT_ID_CONFIG, "tunefleet-coordinator"));
        try (Admin admin = Admin.create(settings)) {
            provision(new Provisioning(admin, config.shards()));
            run(admin);
        } catch (RetriableException away) {
            LOG.warn("The coordinator starts again: " + away.getMessage());
        }
    }

    /** Ends the program: whoever started it starts it anew, which a program that lives by half would never be. */
    private void giveUp() {
        parts.vitals().gaveUp();
        Quarkus.asyncExit(1);
    }

    private void provision(Provisioning provisioning) throws InterruptedException {
        List<String> before = List.of();
        while (true) {
            clock.look();
            List<String> wrong = attempt(provisioning);
            parts.vitals().found(wrong);
            if (wrong.isEmpty()) {
                return;
            }
            if (!wrong.equals(before)) {
                wrong.forEach(LOG::warn);
                before = wrong;
            }
            Thread.sleep(RETRY);
        }
    }

    private List<String> attempt(Provisioning provisioning) throws InterruptedException {
        try {
            return provisioning.apply();
        } catch (ExecutionException failure) {
            return List.of("Kafka at " + config.kafka() + " refused: "
                    + failure.getCause().getMessage());
        } catch (TimeoutException late) {
            return List.of("Kafka at " + config.kafka() + " must answer; it does not yet.");
        }
    }

    private void run(Admin admin) throws InterruptedException {
        var lag = new MeasuredLag(admin, config.shards());
        try (var streams = new Streams(
                        CoordinatorTopology.of(parts.surroundings(lag)),
                        StreamsSettings.of(config, kafka),
                        this::giveUp);
                SearchExecutor search = parts.search(config.searchThreads());
                Tail journal = journal(search);
                Tail fleet = fleet();
                Sweeper sweeper = parts.sweeper(lag, config.shards())) {
            journal.start();
            fleet.start();
            streams.start();
            sweeper.start();
            parts.vitals().watch(streams, List.of(journal, fleet));
            parts.meters()
                    .showSlots(parts.capacity()::liveSlots, parts.capacity()::busySlots, parts.capacity()::slotsWanted);
            LOG.infof("Kafka at %s is ready; the studies are being read.", config.kafka());
            keepHouse(lag, search, journal);
        }
    }

    private void keepHouse(MeasuredLag lag, SearchExecutor search, Tail journal) throws InterruptedException {
        boolean told = false;
        while (true) {
            Thread.sleep(HOUSEKEEPING);
            clock.look();
            if (!told && parts.vitals().journalRead() && parts.vitals().deciding()) {
                told = true;
                LOG.infof("Ready with %d studies.", parts.model().entities().count());
            }
            try {
                lag.round();
            } catch (ExecutionException | TimeoutException away) {
                LOG.debug("The lag could not be measured.", away);
            }
            parts.meters().showStudies(parts.model().figures(), Instant.now());
            if (journal.reachedEnd()) {
                search.dispatchAll();
            }
        }
    }

    private Tail journal(SearchExecutor search) {
        var reader = parts.reader();
        List<TopicPartition> partitions = IntStream.range(0, config.shards())
                .mapToObj(partition -> new TopicPartition(Topics.JOURNAL.topic(), partition))
                .toList();
        return Tail.of(
                "journal",
                kafka.settings(),
                partitions,
                record -> {
                    JournalReader.Entry entry = reader.journal(record);
                    return fresh -> {
                        Change change = reader.fold(entry);
                        if (fresh) {
                            parts.announce(change);
                        }
                        if (fresh && entry.asksTheSearch()) {
                            parts.model().entity(entry.study()).ifPresent(search::dispatch);
                        }
                    };
                },
                listener());
    }

    private Tail fleet() {
        var reader = parts.reader();
        List<TopicPartition> partitions = Stream.of(Topics.WORKERS, Topics.DEMAND)
                .map(topic -> new TopicPartition(topic.topic(), 0))
                .toList();
        return Tail.of(
                "fleet", kafka.settings(), partitions, record -> fresh -> reader.fleet(record, fresh), listener());
    }

    private Tail.Listener listener() {
        return new Tail.Listener() {
            @Override
            public void unreadable(String topic) {
                parts.meters().deadLetter(topic);
            }

            @Override
            public void gaveUp() {
                giveUp();
            }
        };
    }
}
