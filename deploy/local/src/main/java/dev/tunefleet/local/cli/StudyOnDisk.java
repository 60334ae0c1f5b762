package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;

/** A study file that was read, and the data file that it names, which is there. */
record StudyOnDisk(StudySpec spec, Path data) {

    static StudyOnDisk read(Path file) throws IOException {
        StudySpec spec = StudyFile.read(file);
        Path folder = file.toAbsolutePath().getParent();
        Path data = folder.resolve(spec.data().uri()).normalize();
        if (!Files.isRegularFile(data)) {
            throw new UserMistakeException("The file (" + data + ") of data.uri in " + file
                    + " must exist. Maybe the path is not relative to the study file.");
        }
        return new StudyOnDisk(spec, data);
    }

    /** Uploads the data and begins the study on it, or goes on with it. */
    StudyView submitTo(Coordinator coordinator) throws IOException, InterruptedException {
        String key = coordinator.uploadDataset(data);
        return coordinator.create(spec.withData(spec.data().withUri(key)));
    }
}
