package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;

/**
 * One study: it decides what follows from a command, an event or the passing of time, and is the fold of the facts that it
 * decided. Not thread-safe.
 *
 * <p>A decision has been folded when it is returned; {@link #replay} is for facts of the journal. Nothing else changes the state:
 * folding the journal from the beginning, and loading what {@link #changes} said was to be stored, give the same study. What is
 * not state is forgotten with the object: for how long attempts were silent and how many slots there are. Until the first tick it
 * hands out nothing. An input costs O(log n) for n trials of the study, and a tick O(trials that run); the end of a study costs O(n),
 * and the first look at trials that were loaded O(n log n).
 */
public final class Study {

    private final Ledger ledger;
    private final Folding folding;
    private final Leases leases = new Leases();
    private final Stopwatch stopwatch = new Stopwatch();
    private int capacity;
    private int demand;

    private Study(Ledger ledger) {
        this.ledger = ledger;
        this.folding = new Folding(ledger);
        this.demand = ledger.study().state.ended() ? 0 : -1;
    }

    /** A study of which nothing is known yet. */
    public static Study absent(StudyId id) {
        return load(StudyEntity.absent(id), List.of());
    }

    /** The study that was stored as these entities, all of its trials among them, in any order. */
    public static Study load(StudyEntity study, Collection<TrialEntity> trials) {
        return new Study(new Ledger(study, trials));
    }

    /** Carries out {@code command}, or refuses it, where it comes from nowhere that could be read again. */
    public Decision decide(Command command) {
        return decide(command, Optional.empty());
    }

    /** Carries out {@code command}, which was read at {@code place}, or refuses it; neither where that was done before. */
    public Decision decide(Command command, Optional<Place> place) {
        Draft draft = draft();
        new Commands(draft).carryOut(command, place);
        return settled(draft);
    }

    /** Takes in what a worker reports, whenever and however often it arrives. */
    public Decision decide(TrialEvent event) {
        Draft draft = draft();
        new Reports(draft).takeIn(event);
        return settled(draft);
    }

    /**
     * Takes note of the time.
     *
     * @param now of the tick, at least once a second
     * @param lagging whether there is input that this study has not seen yet; silence does not count then
     * @param slots how many trials this study may have in flight now
     */
    public Decision tick(Instant now, boolean lagging, int slots) {
        Draft draft = draft();
        capacity = slots;
        leases.tick(now, lagging);
        Duration ran = stopwatch.tick(now, ledger.study().state.timed(ledger.study().ending));
        if (ledger.study().state.ended()) {
            return settled(draft);
        }
        new Losses(draft, slots).find();
        boolean over = ledger.spec()
                .budget()
                .time()
                .map(limit -> ledger.study().spent.plus(ran).compareTo(limit) >= 0)
                .orElse(false);
        if (ran.compareTo(Stopwatch.PERIOD) >= 0 || over && ran.isPositive()) {
            draft.record(new Fact.TimeSpent(ledger.study().spent.plus(ran)));
            stopwatch.recorded();
        }
        return settled(draft);
    }

    /** Folds a fact of the journal. */
    public void replay(Fact fact) {
        folding.fold(fact);
    }

    /** What is to be stored since this was called last. */
    public Changes changes() {
        return ledger.drain();
    }

    public StudyEntity entity() {
        return ledger.study().entity();
    }

    /** The trial with this number, where there is one. */
    public Optional<TrialEntity> trial(int number) {
        return ledger.find(number);
    }

    /** All trials by number; a view that changes with the study. */
    public List<TrialEntity> trials() {
        return ledger.trials();
    }

    /** Whether nothing will happen without a command or an event, so that ticks may be left out. */
    public boolean ended() {
        return ledger.study().state.ended();
    }

    /** Everything that decisions look up, for comparison in tests. */
    List<Object> standing() {
        return ledger.standing();
    }

    private Draft draft() {
        return new Draft(ledger, folding, leases);
    }

    private Decision settled(Draft draft) {
        new Course(draft).advance();
        new Dispatch(draft, capacity).fill();
        int wanted = Dispatch.demand(ledger);
        if (wanted != demand) {
            demand = wanted;
            draft.send(new Effect.Demand(wanted));
        }
        return draft.decision();
    }
}
