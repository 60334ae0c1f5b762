package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** An authority and the certificates it signs, in the files that Strimzi writes: ca.crt, and user.p12 for each name. */
final class Certificates {

    static final String PASSWORD = "a-password-of-the-tests";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    static Certificates in(Path folder) throws IOException, InterruptedException {
        var made = new Certificates(Files.createDirectories(folder));
        made.keytool("ca.p12", "-genkeypair", "-alias", "ca", "-dname", "CN=authority", "-ext", "bc:c");
        made.keytool("ca.p12", "-exportcert", "-alias", "ca", "-rfc", "-file", "ca.crt");
        return made;
    }

    Path authority() {
        return folder.resolve("ca.crt");
    }

    /** The key store of {@code name}, with its key, its certificate and the authority's. */
    Path keyStoreOf(String name) throws IOException, InterruptedException {
        String store = name + ".p12";
        if (Files.notExists(folder.resolve(store))) {
            keytool(store, "-genkeypair", "-alias", name, "-dname", "CN=" + name);
            keytool(store, "-certreq", "-alias", name, "-file", name + ".csr");
            keytool(
                    "ca.p12",
                    "-gencert",
                    "-alias",
                    "ca",
                    "-infile",
                    name + ".csr",
                    "-outfile",
                    name + ".crt",
                    "-rfc",
                    "-ext",
                    "san=ip:127.0.0.1,dns:localhost");
            keytool(store, "-importcert", "-alias", "ca", "-file", "ca.crt", "-noprompt");
            keytool(store, "-importcert", "-alias", name, "-file", name + ".crt", "-noprompt");
        }
        return folder.resolve(store);
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store, "-storetype", "PKCS12", "-storepass", PASSWORD));
        if (List.of(arguments).contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-validity", "2"));
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).as(command.toString()).isZero();
    }
}
