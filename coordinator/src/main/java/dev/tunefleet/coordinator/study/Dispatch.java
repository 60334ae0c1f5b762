package dev.tunefleet.coordinator.study;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.coordinator.schedule.Schedule;

/**
 * Hands out attempts while there are free slots: first those that were lost, released or promoted, then further promotions, then
 * enqueued configurations, then suggestions; and asks for more suggestions.
 */
final class Dispatch {

    /** So many slots keep one suggestion ready. */
    private static final int SLOTS_PER_WAITING = 8;

    /** More than so many suggestions never wait, as each of them is part of the stored study. */
    private static final int MOST_WAITING = 64;

    /** More suggestions are asked for in turn, as each answer is one record. */
    private static final int MOST_ASKED = 1000;

    /** After so many answers in a row without a new configuration the space counts as exhausted. */
    static final int FRUITLESS = 3;

    private final Draft draft;
    private final Ledger ledger;
    private final int limit;

    Dispatch(Draft draft, int capacity) {
        this.draft = draft;
        this.ledger = draft.ledger();
        this.limit = ledger.study().state.ended() ? 0 : Math.min(parallel(ledger), Math.max(0, capacity));
    }

    /** How many slots the study could use now, those in use counted. */
    static int demand(Ledger ledger) {
        int handedOut =
                ledger.inFlight() + ledger.fresh().size() + ledger.again().size();
        return switch (ledger.study().state) {
            case RUNNING -> {
                long untried = exhausted(ledger) ? 0 : Math.max(0, configurations(ledger.spec()) - trials(ledger));
                yield (int) Math.min(
                        parallel(ledger),
                        handedOut + untried + ledger.schedule().promotable());
            }
            case ENDING -> Math.min(parallel(ledger), handedOut);
            case PAUSED -> ledger.inFlight();
            case EVALUATING -> 1;
            case ABSENT, COMPLETED, FAILED, DELETED -> 0;
        };
    }

    /** How many configurations are searched, those of the confirmation left out. */
    static int configurations(StudySpec spec) {
        return spec.budget().trials() - Confirming.SEEDS * Confirming.candidates(spec);
    }

    static boolean exhausted(Ledger ledger) {
        return ledger.study().tally.fruitless() >= FRUITLESS;
    }

    private static int trials(Ledger ledger) {
        return ledger.study().tally.trials();
    }

    private static int parallel(Ledger ledger) {
        Budget budget = ledger.spec().budget();
        return budget.parallel().orElse(Integer.MAX_VALUE);
    }

    void fill() {
        StudyState state = ledger.study().state;
        if (limit == 0 || state != StudyState.RUNNING && state != StudyState.ENDING) {
            return;
        }
        if (state == StudyState.RUNNING) {
            dropStale();
        }
        boolean more = true;
        while (more && ledger.inFlight() < limit) {
            more = handOutAgain() || state == StudyState.RUNNING && promote() || handOutFirst();
            more = more || state == StudyState.RUNNING && tryWaiting();
        }
        if (state == StudyState.RUNNING) {
            ask();
        }
    }

    private boolean handOutAgain() {
        return handOut(ledger.again());
    }

    private boolean handOutFirst() {
        return handOut(ledger.fresh());
    }

    private boolean handOut(SortedSet<Integer> waiting) {
        if (waiting.isEmpty()) {
            return false;
        }
        draft.publish(waiting.first());
        return true;
    }

    private boolean promote() {
        Optional<Schedule.Promotion> best = ledger.schedule().promotion();
        best.ifPresent(promotion -> {
            draft.record(new Fact.TrialPromoted(promotion.trial(), promotion.trainTo()));
            draft.publish(promotion.trial());
        });
        return best.isPresent();
    }

    private boolean tryWaiting() {
        List<Suggestion> waiting = ledger.study().waiting;
        if (waiting.isEmpty() || trials(ledger) >= configurations(ledger.spec())) {
            return false;
        }
        Suggestion next = waiting.getFirst();
        draft.publish(draft.queue(next.configuration(), new Origin.Suggested(next.number())));
        return true;
    }

    private void dropStale() {
        int results = ledger.study().tally.results();
        List<Long> stale = ledger.study().waiting.stream()
                .filter(waiting -> results - waiting.results() > limit)
                .map(Suggestion::number)
                .toList();
        if (!stale.isEmpty()) {
            draft.record(new Fact.SuggestionsDropped(stale));
        }
    }

    private void ask() {
        LiveStudy study = ledger.study();
        if (study.request.isPresent() || exhausted(ledger)) {
            return;
        }
        int ahead = limit == 1 ? 0 : Math.min(MOST_WAITING, Math.ceilDiv(limit, SLOTS_PER_WAITING));
        int waiting = study.waiting.size();
        int wanted = limit - ledger.inFlight() + ahead - waiting;
        // A search looks at every trial, so it is asked for half of what may wait rather than for each one.
        if (wanted < ahead / 2) {
            return;
        }
        int allowed = configurations(ledger.spec()) - trials(ledger) - waiting;
        int count = Math.min(MOST_ASKED, Math.min(wanted, allowed));
        if (count > 0) {
            long number = study.tally.requests() + 1;
            draft.record(new Fact.SuggestionsRequested(new SuggestionRequest(number, count)));
        }
    }
}
