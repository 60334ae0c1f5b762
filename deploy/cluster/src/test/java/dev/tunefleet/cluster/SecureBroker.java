package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

import dev.tunefleet.local.broker.FreePorts;

/** A broker that speaks TLS only, asks who one is, and allows nothing that no rule allows: what Strimzi's is set up to be. */
final class SecureBroker implements AutoCloseable {

    private static final String BROKER = "broker";
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final Certificates certificates;
    private final int port;

    private SecureBroker(KafkaRaftServer server, Certificates certificates, int port) {
        this.server = server;
        this.certificates = certificates;
        this.port = port;
    }

    static SecureBroker start(Path folder, Certificates certificates) throws Exception {
        Path data = Files.createDirectories(folder);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName(CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
        int port = FreePorts.next();
        var server = new KafkaRaftServer(
                new KafkaConfig(settings(data, port, FreePorts.next(), certificates), false), Time.SYSTEM);
        server.startup();
        return new SecureBroker(server, certificates, port);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Allows what the manifest of a {@code KafkaUser} says, as its operator would. */
    void allow(JsonNode user) throws Exception {
        var rules = new ArrayList<AclBinding>();
        for (JsonNode rule : user.at("/spec/authorization/acls")) {
            var pattern = new ResourcePattern(
                    ResourceType.fromString(
                            rule.at("/resource/type").asText().replace("transactionalId", "transactional_id")),
                    rule.at("/resource/name").asText(),
                    PatternType.fromString(
                            "prefix".equals(rule.at("/resource/patternType").asText()) ? "PREFIXED" : "LITERAL"));
            for (JsonNode operation : rule.path("operations")) {
                rules.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                "User:CN=" + Rendered.nameOf(user),
                                "*",
                                AclOperation.fromString(snake(operation.asText())),
                                AclPermissionType.ALLOW)));
            }
        }
        try (Admin admin = Admin.create(new HashMap<>(client(BROKER)))) {
            admin.createAcls(rules).all().get();
        }
    }

    /** What a client called {@code name} is given, named as in the manifests. */
    Map<String, Object> client(String name) throws IOException, InterruptedException {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificates.authority().toString(),
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                certificates.keyStoreOf(name).toString(),
                "ssl.keystore.password",
                Certificates.PASSWORD);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Map<String, String> settings(Path data, int port, int controllerPort, Certificates certificates)
            throws IOException, InterruptedException {
        String secure = "SSL://127.0.0.1:" + port;
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listeners", secure + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", secure);
        settings.put("listener.security.protocol.map", "SSL:SSL," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", "SSL");
        settings.put("log.dirs", data.toString());
        settings.put("ssl.client.auth", "required");
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", certificates.authority().toString());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", certificates.keyStoreOf(BROKER).toString());
        settings.put("ssl.keystore.password", Certificates.PASSWORD);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // Its controller is not spoken to by clients.
        settings.put("super.users", "User:CN=" + BROKER + ";User:ANONYMOUS");
        settings.put("auto.create.topics.enable", "false");
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }

    private static String snake(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    }
}
