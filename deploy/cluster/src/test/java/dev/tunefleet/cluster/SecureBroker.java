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
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

import dev.tunefleet.local.broker.FreePorts;

/**
 * A broker that speaks TLS only, asks who one is, and allows nothing that no rule allows. On one port a client proves it by a certificate, as
 * Strimzi's brokers are set up, on the other by a password (SCRAM).
 */
final class SecureBroker implements AutoCloseable {

    private static final String BROKER = "broker";
    private static final String CONTROLLER = "CONTROLLER";
    private static final String SCRAM = ScramLoginModule.class.getName();

    private final KafkaRaftServer server;
    private final Certificates certificates;
    private final Ports ports;

    private record Ports(int certificates, int passwords, int controller) {
        static Ports free() throws IOException {
            return new Ports(FreePorts.next(), FreePorts.next(), FreePorts.next());
        }
    }

    private SecureBroker(KafkaRaftServer server, Certificates certificates, Ports ports) {
        this.server = server;
        this.certificates = certificates;
        this.ports = ports;
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
        Ports ports = Ports.free();
        var server = new KafkaRaftServer(new KafkaConfig(settings(data, ports, certificates), false), Time.SYSTEM);
        server.startup();
        return new SecureBroker(server, certificates, ports);
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
                // Who has a certificate is called by its subject, who has a password by the name that goes with it.
                for (String principal : List.of("User:CN=", "User:")) {
                    rules.add(new AclBinding(
                            pattern,
                            new AccessControlEntry(
                                    principal + Rendered.nameOf(user),
                                    "*",
                                    AclOperation.fromString(snake(operation.asText())),
                                    AclPermissionType.ALLOW)));
                }
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
                "127.0.0.1:" + ports.certificates(),
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

    /** What a client called {@code name} is given that has the password {@code password} from now on, named as in the manifests. */
    Map<String, Object> client(String name, String password) throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(client(BROKER)))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get();
        }
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + ports.passwords(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                SCRAM + " required username=\"" + name + "\" password=\"" + password + "\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                Files.readString(certificates.authority()));
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Map<String, String> settings(Path data, Ports ports, Certificates certificates)
            throws IOException, InterruptedException {
        String secure = "SSL://127.0.0.1:" + ports.certificates() + ",SASL_SSL://127.0.0.1:" + ports.passwords();
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + ports.controller());
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listeners", secure + "," + CONTROLLER + "://127.0.0.1:" + ports.controller());
        settings.put("advertised.listeners", secure);
        settings.put("listener.security.protocol.map", "SSL:SSL,SASL_SSL:SASL_SSL," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", "SSL");
        settings.put("log.dirs", data.toString());
        settings.put("ssl.client.auth", "required");
        settings.put("listener.name.sasl_ssl.ssl.client.auth", "none");
        settings.put("listener.name.sasl_ssl.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", SCRAM + " required;");
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
