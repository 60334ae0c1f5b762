package dev.tunefleet.local.fleet;

import java.util.List;

/**
 * What a running fleet tells other programs of the same user.
 *
 * @param pid the launcher's process
 * @param studies the studies it was started for; none when it waits for any
 * @param server the address of the coordinator's REST interface; empty until it is known
 * @param broker what Kafka clients give as {@code bootstrap.servers}; empty until it is known
 * @param children the processes it started
 */
public record FleetStatus(long pid, List<String> studies, String server, String broker, List<ProcessMark> children) {

    public FleetStatus {
        studies = List.copyOf(studies);
        children = List.copyOf(children);
    }
}
