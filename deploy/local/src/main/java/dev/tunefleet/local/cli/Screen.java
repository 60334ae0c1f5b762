package dev.tunefleet.local.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * Where the command line prints: results to standard output, what goes wrong to standard error. On a terminal the lowest
 * lines can be a block that is written over again and again. Thread-safe.
 */
final class Screen {

    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";
    private static final int USUAL_COLUMNS = 80;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean colours;
    private final int columns;
    private int blockLines;
    private boolean blocksEnded;

    Screen(PrintStream out, PrintStream err, boolean terminal, boolean colours, int columns) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colours = colours;
        this.columns = columns;
    }

    /** The screen of this process, as the script and the environment describe it. */
    static Screen ofThisProcess() {
        boolean terminal = Boolean.getBoolean("tunefleet.terminal");
        String noColour = System.getenv().getOrDefault("NO_COLOR", "");
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new Screen(
                System.out,
                System.err,
                terminal && !dumb,
                terminal && !dumb && noColour.isEmpty(),
                Integer.getInteger("tunefleet.columns", USUAL_COLUMNS));
    }

    /** This screen without a block that is written over, for people who want plain lines. */
    Screen plain() {
        return new Screen(out, err, false, colours, columns);
    }

    boolean isTerminal() {
        return terminal;
    }

    /** Prints a line that stays. */
    synchronized void line(String text) {
        clearBlock();
        out.println(text);
        out.flush();
    }

    void lines(List<String> texts) {
        texts.forEach(this::line);
    }

    /** Prints bytes as they are. */
    synchronized void raw(String text) {
        clearBlock();
        out.print(text);
        out.flush();
    }

    synchronized void error(String text) {
        clearBlock();
        err.println(colours ? RED + text + PLAIN : text);
        err.flush();
    }

    /** Replaces the block at the bottom; on anything but a terminal nothing happens. */
    synchronized void block(List<String> texts) {
        if (!terminal || blocksEnded) {
            return;
        }
        var whole = new StringBuilder();
        if (blockLines > 0) {
            whole.append(UP.formatted(blockLines)).append('\r').append(CLEAR_BELOW);
        }
        for (String text : texts) {
            whole.append(cut(text)).append(System.lineSeparator());
        }
        blockLines = texts.size();
        out.print(whole);
        out.flush();
    }

    /** Takes the block away. */
    synchronized void clearBlock() {
        if (blockLines > 0) {
            out.print(UP.formatted(blockLines) + "\r" + CLEAR_BELOW);
            blockLines = 0;
        }
    }

    /** From now on there are only lines that stay. */
    synchronized void endBlocks() {
        clearBlock();
        blocksEnded = true;
    }

    String bold(String text) {
        return colours ? BOLD + text + PLAIN : text;
    }

    String dim(String text) {
        return colours ? DIM + text + PLAIN : text;
    }

    String green(String text) {
        return colours ? GREEN + text + PLAIN : text;
    }

    /** A line that were longer than the terminal is wide would make the block move. */
    private String cut(String text) {
        int visible = 0;
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == '\u001b') {
                int end = text.indexOf('m', i);
                i = end < 0 ? text.length() : end + 1;
            } else if (++visible > columns - 1) {
                return text.substring(0, i) + (colours ? PLAIN : "");
            } else {
                i++;
            }
        }
        return text;
    }
}
