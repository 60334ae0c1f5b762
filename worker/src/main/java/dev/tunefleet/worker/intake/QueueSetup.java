package dev.tunefleet.worker.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

import dev.tunefleet.common.topic.Topics;

/**
 * What must hold before a worker may join the queue's group: the topics are there, and the group begins at the beginning and
 * sees committed records only.
 */
final class QueueSetup {

    private static final ConfigResource GROUP = new ConfigResource(ConfigResource.Type.GROUP, Topics.QUEUE_GROUP);
    private static final List<Topics> NEEDED =
            List.of(Topics.TRIALS, Topics.EVENTS, Topics.DIRECTIVES, Topics.WORKERS, Topics.DEAD_LETTERS);

    private QueueSetup() {}

    /**
     * Sets the group's settings, reads them back and looks for the topics.
     *
     * @return what is not as it must be yet, as a sentence; empty when all is well
     */
    static String missing(Admin admin) throws InterruptedException {
        try {
            var existing = admin.listTopics().names().get();
            var absent = NEEDED.stream()
                    .map(Topics::topic)
                    .filter(topic -> !existing.contains(topic))
                    .toList();
            if (!absent.isEmpty()) {
                return "The topics " + absent + " must be there. Maybe the coordinator has not run yet.";
            }
            Map<String, String> found = settings(admin);
            Map<String, String> wanted = Topics.queueGroupSettings(found.keySet());
            if (!found.entrySet().containsAll(wanted.entrySet())) {
                set(admin, wanted);
                found = settings(admin);
            }
            found.keySet().retainAll(wanted.keySet());
            return found.equals(wanted)
                    ? ""
                    : "The settings of group " + Topics.QUEUE_GROUP + " must be " + wanted + ", are " + found + ".";
        } catch (ExecutionException failure) {
            return "The brokers must answer, did not: " + failure.getCause().getMessage();
        }
    }

    private static void set(Admin admin, Map<String, String> wanted) throws ExecutionException, InterruptedException {
        var operations = new ArrayList<AlterConfigOp>();
        wanted.forEach((name, value) ->
                operations.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        admin.incrementalAlterConfigs(Map.of(GROUP, operations)).all().get();
    }

    private static Map<String, String> settings(Admin admin) throws ExecutionException, InterruptedException {
        Config config = admin.describeConfigs(List.of(GROUP)).all().get().get(GROUP);
        var settings = new HashMap<String, String>();
        config.entries().forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }
}
