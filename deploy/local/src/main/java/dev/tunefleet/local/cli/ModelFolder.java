package dev.tunefleet.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.local.client.Coordinator;

/** A folder with a model as other programs use it: the network, the scaler it needs and the study it came from. */
record ModelFolder(Path folder) {

    private static final String MODEL = "model.zip";
    private static final String STUDY = "study.yaml";
    /** Entries that a worker adds to the standard zip. */
    private static final List<String> BESIDE = List.of("scaler.json", "study.json");

    /**
     * Writes the model at {@code blob} and {@code studyFile}, the text of its study file.
     *
     * @return the path of the model itself
     */
    Path write(Coordinator coordinator, BlobRef blob, String studyFile) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path model = folder.resolve(MODEL);
        coordinator.download(blob, model);
        Files.writeString(folder.resolve(STUDY), studyFile);
        try (var zip = new ZipFile(model.toFile())) {
            for (String name : BESIDE) {
                ZipEntry entry = zip.getEntry(name);
                if (entry != null) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.copy(content, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        return model;
    }
}
