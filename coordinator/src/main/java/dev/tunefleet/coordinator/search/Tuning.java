package dev.tunefleet.coordinator.search;

/** Settings of the search that measurements still choose. */
final class Tuning {

    private Tuning() {}

    static double d(String name, double value) {
        return Double.parseDouble(System.getProperty(name, Double.toString(value)));
    }

    static int i(String name, int value) {
        return (int) d(name, value);
    }
}
