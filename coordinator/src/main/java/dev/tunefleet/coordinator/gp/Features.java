package dev.tunefleet.coordinator.gp;

/**
 * How features form groups: the features of a group share one length scale (the two of a conditional parameter, the k of a
 * choice with k options).
 *
 * @param group [d] the group of each feature, groups numbered from 0
 * @param groups how many there are
 */
public record Features(int[] group, int groups) {

    public Features {
        group = group.clone();
    }

    public int count() {
        return group.length;
    }
}
