package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.RefusedException;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.UnreachableException;

import static org.awaitility.Awaitility.await;

/**
 * The real programs as processes that nobody but the test starts again: brokers, coordinators of which one decides, and workers
 * with one slot each.
 */
final class FragileFleet implements AutoCloseable {

    /** For what takes seconds on an idle machine. */
    static final Duration LONG = Duration.ofMinutes(5);

    private final FragilePrograms programs;
    private final List<Victim> brokers = new ArrayList<>();
    private final List<Victim> coordinators = new ArrayList<>();
    private final List<Victim> workers = new ArrayList<>();

    /** How many of each. */
    record Size(int brokers, int coordinators, int workers) {}

    private FragileFleet(FragilePrograms programs) {
        this.programs = programs;
    }

    /** Starts as many of {@code programs} as they are made for; returns once each is ready. */
    static FragileFleet start(FragilePrograms programs) throws IOException {
        var fleet = new FragileFleet(programs);
        try {
            fleet.launch(programs.size());
            return fleet;
        } catch (IOException | RuntimeException failure) {
            fleet.all().forEach(Victim::kill);
            throw failure;
        }
    }

    List<Victim> brokers() {
        return List.copyOf(brokers);
    }

    List<Victim> coordinators() {
        return List.copyOf(coordinators);
    }

    List<Victim> workers() {
        return List.copyOf(workers);
    }

    /** The worker that calls itself {@code name}. */
    Victim worker(String name) {
        return workers.stream()
                .filter(worker -> worker.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** One more worker; returns once it is ready. */
    void addWorker() throws IOException {
        workers.add(Victim.start(programs.worker(workers.size() + 1)));
        awaitReady(workers.getLast());
    }

    void awaitReady(Victim victim) {
        await("ready: " + victim.name()).atMost(LONG).until(victim::ready);
    }

    /** What a client gives as {@code bootstrap.servers}. */
    String servers() {
        return programs.servers();
    }

    /** Speaks to {@code coordinator}. */
    Coordinator client(Victim coordinator) {
        return new Coordinator(URI.create("http://" + coordinator.address()));
    }

    /** A question to a coordinator. */
    interface Question<T> {
        T ask(Coordinator coordinator) throws IOException, InterruptedException;
    }

    /** The answer of the first coordinator that has one; asked again and again until one has. */
    <T> T ask(Question<T> question) {
        var answers = new ArrayList<T>(1);
        await().atMost(LONG).until(() -> {
            for (Victim coordinator : coordinators) {
                try {
                    answers.add(question.ask(client(coordinator)));
                    return true;
                } catch (UnreachableException | RefusedException | IOException notThisOne) {
                    // dead, starting or behind: the next one is asked
                }
            }
            return false;
        });
        return answers.getFirst();
    }

    /**
     * Begins a study on the first {@code days} of the daily births, or extends it.
     *
     * @param study the text of its file without the data
     */
    StudyView begin(String study, int days) throws IOException {
        Path data = Files.createTempFile(programs.folder(), "births", ".csv");
        try (Stream<String> lines = Files.lines(Layout.ofThisProgram().demo().resolve("births.csv"))) {
            Files.write(data, lines.limit(days + 1).toList());
        }
        String source = "data: {uri: births.csv, time: date, target: births, horizon: 7, calendar: [dayOfWeek]}\n";
        StudySpec spec = StudyFile.parse("study.yaml", study + source);
        return ask(client -> {
            String key = client.uploadDataset(data);
            return client.create(spec.withData(spec.data().withUri(key)));
        });
    }

    /** Waits until study {@code id} has ended and returns what is shown of it. */
    StudyView awaitEnd(String id) {
        return await("the end of study " + id)
                .atMost(LONG.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> ask(client -> client.study(id)), StudyView::ended);
    }

    /** What is written of study {@code id}, as far as it is committed. */
    Ledger ledger(String id) {
        Function<String, List<Entry>> topic = name -> Entry.of(servers(), "tunefleet." + name, id);
        return new Ledger(topic.apply("journal"), topic.apply("events"));
    }

    /** Whether every broker has its copy of everything. */
    boolean fullyReplicated() {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers()))) {
            Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            return admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.isr().size() == brokers.size());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException notNow) {
            return false;
        }
    }

    /** Ends all in order: workers, then coordinators, then the brokers together. */
    @Override
    public void close() {
        try {
            for (List<Victim> together : List.of(workers, coordinators, brokers)) {
                List<Victim> living = together.stream().filter(Victim::alive).toList();
                living.forEach(Victim::askToEnd);
                living.forEach(Victim::awaitEnd);
            }
        } finally {
            all().forEach(Victim::kill);
        }
    }

    private List<Victim> all() {
        return Stream.of(workers, coordinators, brokers).flatMap(List::stream).toList();
    }

    private void launch(Size size) throws IOException {
        for (int number = 1; number <= size.brokers(); number++) {
            brokers.add(Victim.start(programs.broker(number)));
        }
        brokers.forEach(this::awaitReady);
        for (int number = 1; number <= size.coordinators(); number++) {
            coordinators.add(Victim.start(programs.coordinator(number)));
        }
        for (int number = 1; number <= size.workers(); number++) {
            workers.add(Victim.start(programs.worker(number)));
        }
        Stream.of(coordinators, workers).flatMap(List::stream).forEach(this::awaitReady);
    }
}
