package dev.tunefleet.worker.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;

/** Measures training speed and prints one line of JSON per size: engine, size, threads, samples per second, GFLOP/s. */
public final class LstmBench {
    private static final int MISUSE = 2;

    private LstmBench() {}

    /** See {@link Options#USAGE}. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        // Answers alone go to standard output; what libraries log there joins the errors.
        System.setOut(System.err);
        try (PrintStream answers = stream(FileDescriptor.out)) {
            Options options = Options.parse(arguments);
            for (Size size : options.sizes()) {
                answers.println(Measurement.of(options, size).json());
            }
        } catch (IllegalArgumentException e) {
            stream(FileDescriptor.err).println(e.getMessage() + System.lineSeparator() + "Usage: " + Options.USAGE);
            System.exit(MISUSE);
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
