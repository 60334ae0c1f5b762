package dev.tunefleet.local.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three brokers inside this JVM that form one cluster, each of which can be stopped and started while the others run.
 *
 * <p>Topics have three copies, of which two must be in sync: what a team's cluster has. Not for use by several threads.
 */
public final class EmbeddedCluster implements AutoCloseable {

    private static final int NODES = 3;

    private final Path folder;
    private final List<Member> members;
    private final Map<Integer, Node> running = new TreeMap<>();

    private EmbeddedCluster(Path folder, List<Member> members) {
        this.folder = folder;
        this.members = members;
    }

    /** Starts three brokers below {@code folder}; returns once each takes connections. */
    public static EmbeddedCluster start(Path folder) {
        List<Member> members = IntStream.rangeClosed(1, NODES)
                .mapToObj(id -> new Member(id, FreePorts.next(), FreePorts.next()))
                .toList();
        var cluster = new EmbeddedCluster(folder, members);
        // A node is up only when two are: they start together.
        var starts = new ArrayList<CompletableFuture<Node>>();
        members.forEach(member -> starts.add(CompletableFuture.supplyAsync(() -> cluster.launch(member))));
        for (int i = 0; i < NODES; i++) {
            cluster.running.put(members.get(i).id(), starts.get(i).join());
        }
        return cluster;
    }

    /** All three addresses, as a client gives them in {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return members.stream().map(member -> "127.0.0.1:" + member.port()).collect(Collectors.joining(","));
    }

    /** Stops broker {@code id}, 1 to 3; nothing happens when it is not running. */
    public void stop(int id) {
        Node node = running.remove(id);
        if (node != null) {
            node.close();
        }
    }

    /** Starts broker {@code id}, 1 to 3, with the data and ports it had. */
    public void restart(int id) {
        stop(id);
        running.put(id, launch(members.get(id - 1)));
    }

    @Override
    public void close() {
        List.copyOf(running.values()).parallelStream().forEach(Node::close);
        running.clear();
    }

    private Node launch(Member member) {
        return Node.start(folder.resolve("node-" + member.id()), member, new Voters(members));
    }
}
