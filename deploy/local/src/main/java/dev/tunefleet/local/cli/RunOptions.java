package dev.tunefleet.local.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a study is to be run on this machine.
 *
 * @param workers how many worker processes; empty means what suits the machine
 * @param instance which fleet's folder is used; empty means one named like the study
 * @param output where the model goes; empty means a folder of the instance
 */
record RunOptions(Path studyFile, OptionalInt workers, Optional<String> instance, Optional<Path> output) {}
