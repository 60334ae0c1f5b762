package dev.tunefleet.worker.bench;

import java.util.ArrayList;
import java.util.List;

/** What the command line asks for. */
record Options(String engine, double seconds, int threads, List<Size> sizes) {
    static final String USAGE =
            "bench lstm [--engine fused|stock] [--seconds S] [--threads N] [SIZE...], SIZE = layers,units,sequence,batch";

    Options {
        sizes = sizes.isEmpty() ? Size.USUAL : List.copyOf(sizes);
        if (!engine.equals("fused") && !engine.equals("stock")) {
            throw new IllegalArgumentException("The engine (" + engine + ") of a benchmark must be fused or stock.");
        }
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("The seconds (" + seconds + ") of a benchmark must be above 0.");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("The threads (" + threads + ") of a benchmark must be at least 1.");
        }
    }

    static Options parse(String[] arguments) {
        String engine = "fused";
        double seconds = 4;
        int threads = 1;
        List<Size> sizes = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--engine" -> engine = value(arguments, ++i);
                case "--seconds" -> seconds = number(arguments, ++i);
                case "--threads" -> threads = (int) number(arguments, ++i);
                default -> sizes.add(Size.parse(arguments[i]));
            }
        }
        return new Options(engine, seconds, threads, sizes);
    }

    private static String value(String[] arguments, int index) {
        if (index == arguments.length) {
            throw new IllegalArgumentException(
                    "The option (" + arguments[index - 1] + ") of a benchmark must have a value.");
        }
        return arguments[index];
    }

    private static double number(String[] arguments, int index) {
        String text = value(arguments, index);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The value (" + text + ") of " + arguments[index - 1] + " must be a number.", e);
        }
    }

    Engine.Factory factory() {
        return engine.equals("fused") ? FusedEngine::new : StockEngine::new;
    }
}
