package dev.tunefleet.coordinator.study;

/**
 * The counters of a study.
 *
 * @param trials how many trials there are; the number of the next one
 * @param suggestions how many suggestions were accepted; the number of the next one
 * @param requests how many suggestion requests were made; the number of the newest one
 * @param fruitless how many suggestion requests in a row brought nothing new
 * @param results how many rungs and outcomes were reached
 * @param sinceBest how many trials in a row brought nothing better
 * @param failures how many trials in a row failed
 */
public record Tally(
        int trials, long suggestions, long requests, int fruitless, int results, int sinceBest, int failures) {

    static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0);

    Tally withTrials(int changed) {
        return new Tally(changed, suggestions, requests, fruitless, results, sinceBest, failures);
    }

    Tally withSuggestions(long changed) {
        return new Tally(trials, changed, requests, fruitless, results, sinceBest, failures);
    }

    Tally withRequests(long changed) {
        return new Tally(trials, suggestions, changed, fruitless, results, sinceBest, failures);
    }

    Tally withFruitless(int changed) {
        return new Tally(trials, suggestions, requests, changed, results, sinceBest, failures);
    }

    Tally withResults(int changed) {
        return new Tally(trials, suggestions, requests, fruitless, changed, sinceBest, failures);
    }

    Tally withSinceBest(int changed) {
        return new Tally(trials, suggestions, requests, fruitless, results, changed, failures);
    }

    Tally withFailures(int changed) {
        return new Tally(trials, suggestions, requests, fruitless, results, sinceBest, changed);
    }
}
