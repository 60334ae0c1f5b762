package dev.tunefleet.local.simulation;

/**
 * What was measured of one simulated fleet.
 *
 * @param trialsPerSecond trials that ended
 * @param sentPerSecond events that the workers sent
 * @param foldedPerSecond records that the coordinator decided
 * @param idleMedian milliseconds between the result of a trial and the next one in the slot, half of them no longer
 * @param idleSlowest the same, 99 of 100 no longer
 * @param coordinatorCores processors that the coordinator used
 * @param brokerCores processors that the broker used
 * @param heapPerTenThousand bytes that the coordinator keeps for 10,000 trials; NaN where there were too few to tell
 * @param lost attempts that were given up for silence
 * @param failures refusals of the brokers, events that were not sent and trials that could not be read
 */
public record Reading(
        int slots,
        double trialsPerSecond,
        double sentPerSecond,
        double foldedPerSecond,
        double idleMedian,
        double idleSlowest,
        double coordinatorCores,
        double brokerCores,
        double heapPerTenThousand,
        long lost,
        long failures) {}
