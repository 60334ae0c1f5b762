package dev.tunefleet.coordinator.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

import dev.tunefleet.common.topic.Topics;

/** Makes the topics and the settings of the queue's share group, and finds what is there and must not be as it is. */
final class Provisioning {

    private static final long PATIENCE_SECONDS = 15;

    private final Admin admin;
    private final int shards;

    Provisioning(Admin admin, int shards) {
        this.admin = admin;
        this.shards = shards;
    }

    /** Makes what is missing; returns what is wrong, one sentence each, empty when everything is as it must be. */
    List<String> apply() throws InterruptedException, ExecutionException, TimeoutException {
        create();
        var wrong = new ArrayList<String>();
        wrong.addAll(partitionsThatDiffer());
        wrong.addAll(settingsThatDiffer());
        wrong.addAll(group());
        return wrong;
    }

    private void create() throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> present = get(admin.listTopics().names());
        Map<String, KafkaFuture<Void>> made = admin.createTopics(Topics.all().stream()
                        .filter(topic -> !present.contains(topic.topic()))
                        .map(topic -> new NewTopic(
                                        topic.topic(), Optional.of(topic.partitions(shards)), Optional.empty())
                                .configs(topic.settings()))
                        .toList())
                .values();
        for (KafkaFuture<Void> future : made.values()) {
            try {
                get(future);
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw failure;
                }
            }
        }
    }

    private List<String> partitionsThatDiffer() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, TopicDescription> found = get(
                admin.describeTopics(Topics.all().stream().map(Topics::topic).toList())
                        .allTopicNames());
        var wrong = new ArrayList<String>();
        for (Topics topic : Topics.all()) {
            int partitions = found.get(topic.topic()).partitions().size();
            if (partitions != topic.partitions(shards)) {
                wrong.add("The partitions (" + partitions + ") of topic " + topic.topic() + " must be "
                        + topic.partitions(shards) + "."
                        + (topic.sharded() ? " Maybe TUNEFLEET_SHARDS is not what it was at the first start." : ""));
            }
        }
        return wrong;
    }

    private List<String> settingsThatDiffer() throws InterruptedException, ExecutionException, TimeoutException {
        Map<ConfigResource, Topics> resources = new LinkedHashMap<>();
        Topics.all()
                .forEach(topic -> resources.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.topic()), topic));
        Map<ConfigResource, Config> found = describe(resources.keySet());
        var wrong = new ArrayList<String>();
        resources.forEach((resource, topic) ->
                wrong.addAll(differences(found.get(resource), topic.settings(), "topic " + topic.topic())));
        return wrong;
    }

    private List<String> group() throws InterruptedException, ExecutionException, TimeoutException {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, Topics.QUEUE_GROUP);
        String owner = "share group " + Topics.QUEUE_GROUP;
        Config found = describe(List.of(resource)).get(resource);
        Map<String, String> wanted = Topics.queueGroupSettings(values(found).keySet());
        if (differences(found, wanted, owner).isEmpty()) {
            return List.of();
        }
        Collection<AlterConfigOp> changes = wanted.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .collect(Collectors.toList());
        get(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
        return differences(describe(List.of(resource)).get(resource), wanted, owner);
    }

    private static List<String> differences(Config found, Map<String, String> wanted, String owner) {
        Map<String, String> values = values(found);
        return wanted.entrySet().stream()
                .filter(setting -> !setting.getValue().equals(values.get(setting.getKey())))
                .map(setting -> "The setting " + setting.getKey() + " (" + values.get(setting.getKey()) + ") of "
                        + owner + " must be " + setting.getValue() + ".")
                .toList();
    }

    private static Map<String, String> values(Config found) {
        var values = new HashMap<String, String>();
        if (found != null) {
            found.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        }
        return values;
    }

    private Map<ConfigResource, Config> describe(Collection<ConfigResource> resources)
            throws InterruptedException, ExecutionException, TimeoutException {
        return get(admin.describeConfigs(resources).all());
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
