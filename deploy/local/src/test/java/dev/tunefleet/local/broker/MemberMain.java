package dev.tunefleet.local.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/**
 * One broker of a cluster as a process of its own, so that it can be killed: {@code MemberMain FOLDER ID MEMBERS [OUTSIDE]}.
 *
 * <p>{@code MEMBERS} is what {@link Ports#asArgument} writes, the same for each. {@code OUTSIDE} is a further {@code host:port} on
 * which it is reached from other hosts.
 */
public final class MemberMain {

    private MemberMain() {}

    /** The ports of the members of a cluster, whose numbers are 1, 2, … */
    public record Ports(List<Member> members) {

        public Ports {
            members = List.copyOf(members);
        }

        /** Free ports for {@code count} members. */
        public static Ports free(int count) {
            return new Ports(Stream.iterate(1, id -> id + 1)
                    .limit(count)
                    .map(id -> new Member(id, FreePorts.next(), FreePorts.next()))
                    .toList());
        }

        /** The port on which clients reach each member. */
        public List<Integer> forClients() {
            return members.stream().map(Member::port).toList();
        }

        public String asArgument() {
            return String.join(
                    ",",
                    members.stream()
                            .map(member -> member.port() + ":" + member.controllerPort())
                            .toList());
        }

        private static Ports parse(String text) {
            String[] parts = text.split(",");
            return new Ports(Stream.iterate(1, id -> id <= parts.length, id -> id + 1)
                    .map(id -> {
                        String[] ports = parts[id - 1].split(":");
                        return new Member(id, Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
                    })
                    .toList());
        }
    }

    /** Runs until the process is told to stop. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (InputStream quiet = BrokerMain.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(quiet);
        }
        List<Member> members = Ports.parse(arguments[2]).members();
        Member self = members.get(Integer.parseInt(arguments[1]) - 1);
        Optional<String> outside = Stream.of(arguments).skip(3).findFirst();
        Node node = Node.start(
                Path.of(arguments[0], "node-" + self.id()), self, new Voters(members), settings -> outside.map(
                                address -> reachedFrom(address, settings))
                        .orElse(settings));
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            node.close();
            stopped.countDown();
        }));
        stopped.await();
    }

    private static Map<String, String> reachedFrom(String address, Map<String, String> usual) {
        var settings = new HashMap<>(usual);
        String port = address.substring(address.indexOf(':') + 1);
        settings.merge("listeners", "OUTSIDE://0.0.0.0:" + port, MemberMain::listed);
        settings.merge("advertised.listeners", "OUTSIDE://" + address, MemberMain::listed);
        settings.merge("listener.security.protocol.map", "OUTSIDE:PLAINTEXT", MemberMain::listed);
        return settings;
    }

    private static String listed(String first, String second) {
        return first + "," + second;
    }
}
