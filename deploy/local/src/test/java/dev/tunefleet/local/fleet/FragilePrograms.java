package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.tunefleet.local.broker.FreePorts;
import dev.tunefleet.local.broker.MemberMain;

/** How the programs of a {@link FragileFleet} are started: as the launcher does, but several brokers and coordinators. */
final class FragilePrograms {

    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final FragileFleet.Size size;
    private final Programs usual;
    private final MemberMain.Ports brokers;
    private final Optional<Elsewhere> elsewhere;
    private final Unusual unusual;

    /**
     * What is not usual.
     *
     * @param slots of each worker
     * @param everywhere variables of the environment of coordinators and workers
     * @param workers variables of the environment of workers
     * @param shell what a shell does before it becomes a worker; may be empty
     * @param options of the JVMs of workers
     */
    record Unusual(
            int slots,
            Map<String, String> everywhere,
            Map<String, String> workers,
            String shell,
            List<String> options) {
        static final Unusual NOTHING = new Unusual(1, Map.of(), Map.of(), "", List.of());

        static Unusual everywhere(Map<String, String> settings) {
            return new Unusual(1, settings, Map.of(), "", List.of());
        }

        static Unusual worker(Map<String, String> settings, String... options) {
            return new Unusual(1, Map.of(), settings, "", List.of(options));
        }

        /** Workers with {@code slots} slots that store no checkpoint while a test lasts. */
        static Unusual withoutCheckpoints(int slots) {
            Map<String, String> settings = Map.of("TUNEFLEET_WORKER_BETWEEN_CHECKPOINTS", "PT1H");
            return new Unusual(slots, Map.of(), settings, "", List.of());
        }

        Unusual after(String command) {
            return new Unusual(slots, everywhere, workers, command, options);
        }

        private List<String> begun(List<String> command) {
            if (shell.isEmpty()) {
                return command;
            }
            var line = new ArrayList<>(List.of("/bin/sh", "-c", shell + " && exec \"$@\"", "sh"));
            line.addAll(command);
            return line;
        }

        /** Blobs lie in {@code store}, for which {@code credentials} are needed. */
        static Unusual blobs(URI store, Map<String, String> credentials) {
            var settings = new HashMap<>(credentials);
            settings.put("TUNEFLEET_BLOBS", store.toString());
            return everywhere(settings);
        }
    }

    /** The host that workers run on where it is not this one, and the port on which they reach the only broker from there. */
    private record Elsewhere(CutOffHost host, int port) {
        private String broker() {
            return host.thisSide() + ":" + port;
        }
    }

    FragilePrograms(Path folder, FragileFleet.Size size) throws IOException {
        this(folder, size, Unusual.NOTHING);
    }

    FragilePrograms(Path folder, FragileFleet.Size size, Unusual unusual) throws IOException {
        this(folder, size, Optional.empty(), unusual);
    }

    /** Everything on this machine but worker 1, which runs on {@code host}. */
    static FragilePrograms withFirstWorkerOn(CutOffHost host, Path folder, FragileFleet.Size size) throws IOException {
        return new FragilePrograms(folder, size, Optional.of(new Elsewhere(host, FreePorts.next())), Unusual.NOTHING);
    }

    private FragilePrograms(Path folder, FragileFleet.Size size, Optional<Elsewhere> elsewhere, Unusual unusual)
            throws IOException {
        this.folder = folder;
        this.size = size;
        this.unusual = unusual;
        this.elsewhere = elsewhere;
        this.brokers = MemberMain.Ports.free(size.brokers());
        // The natives are unpacked once for all tests; everything else goes with the test.
        var home = new Home(Layout.ofThisProgram().root().resolve("deploy/local/target/home"));
        this.usual = new Programs(
                Layout.ofThisProgram(), home, folder, brokers.forClients().getFirst());
        usual.emptyTemporary();
    }

    FragileFleet.Size size() {
        return size;
    }

    /** Where the files that clients upload may be made. */
    Path folder() {
        return folder;
    }

    String servers() {
        return brokers.forClients().stream().map(port -> LOOPBACK + ":" + port).collect(Collectors.joining(","));
    }

    /** @param number from 1 */
    Victim.Setup broker(int number) {
        List<String> alone = usual.broker().command();
        var command = new ArrayList<>(alone.subList(0, alone.indexOf("-cp")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemberMain.class.getName()));
        command.addAll(List.of(folder.resolve("brokers").toString(), Integer.toString(number), brokers.asArgument()));
        elsewhere.ifPresent(other -> command.add(other.broker()));
        int port = brokers.forClients().get(number - 1);
        return new Victim.Setup(
                named("broker-" + number, command, Map.of()), LOOPBACK + ":" + port, () -> Probe.accepts(port));
    }

    Victim.Setup coordinator(int number) {
        int port = FreePorts.next();
        Program program = usual.coordinator(port);
        String name = "coordinator-" + number;
        var environment = new HashMap<>(program.environment());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", servers());
        environment.put("TUNEFLEET_STATE_DIR", folder.resolve(name).toString());
        environment.putAll(unusual.everywhere());
        return served(named(name, quicklyStarted(program.command()), environment), LOOPBACK, port);
    }

    Victim.Setup worker(int number) {
        int port = FreePorts.next();
        Program program = usual.worker(number, unusual.slots(), port);
        var environment = new HashMap<>(program.environment());
        environment.putAll(unusual.everywhere());
        environment.putAll(unusual.workers());
        List<String> command = unusual.begun(with(unusual.options(), program.command()));
        if (number > 1 || elsewhere.isEmpty()) {
            environment.put("KAFKA_BOOTSTRAP_SERVERS", servers());
            return served(named(program.name(), command, environment), LOOPBACK, port);
        }
        String host = elsewhere.get().host().otherSide();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", elsewhere.get().broker());
        environment.put("QUARKUS_HTTP_HOST", host);
        return served(named(program.name(), CutOffHost.command(command), environment), host, port);
    }

    /** See {@link TakerMain}. */
    Victim.Setup taker() {
        List<String> alone = usual.broker().command();
        var command = new ArrayList<>(alone.subList(0, alone.indexOf("-cp")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TakerMain.class.getName(), servers()));
        return new Victim.Setup(named(TakerMain.NAME, command, Map.of()), LOOPBACK, () -> true);
    }

    /** A JVM that compiles once and not well takes half the time to start, and these are started often. */
    private static List<String> quicklyStarted(List<String> java) {
        return with(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), java);
    }

    private static List<String> with(List<String> options, List<String> java) {
        var line = new ArrayList<>(java);
        // The last of two of the same name holds; what is run stands behind all of them.
        line.addAll(line.indexOf("-jar"), options);
        return line;
    }

    private Program named(String name, List<String> command, Map<String, String> environment) {
        return new Program(name, command, environment, folder.resolve("logs").resolve(name + ".log"));
    }

    private static Victim.Setup served(Program program, String host, int port) {
        return new Victim.Setup(program, host + ":" + port, () -> Probe.isReady(host, port));
    }
}
