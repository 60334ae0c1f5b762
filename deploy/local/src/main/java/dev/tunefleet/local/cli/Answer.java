package dev.tunefleet.local.cli;

/** Prints what a server answered in the format that was asked for. */
record Answer(Screen screen, ServerSettings.Format format) {

    /** {@code sentence} for people, {@code whole} for programs. */
    void tell(String sentence, Object whole) {
        switch (format) {
            case TABLE, CSV -> screen.line(sentence);
            case JSON -> screen.line(Table.json(whole));
        }
    }

    /** {@code table} for people and spreadsheets, {@code whole} for programs. */
    void print(Table table, Object whole) {
        switch (format) {
            case TABLE -> screen.lines(table.lines());
            case CSV -> screen.raw(table.csv());
            case JSON -> screen.line(Table.json(whole));
        }
    }
}
