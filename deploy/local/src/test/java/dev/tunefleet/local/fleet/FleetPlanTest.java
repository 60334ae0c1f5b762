package dev.tunefleet.local.fleet;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FleetPlanTest {

    @Test
    void theCoresAreSharedOutAmongTheWorkers() {
        assertThat(FleetPlan.of(2, 8, List.of()).slots()).isEqualTo(4);
        assertThat(FleetPlan.of(3, 8, List.of()).slots()).isEqualTo(2);
        assertThat(FleetPlan.of(4, 2, List.of()).slots()).isEqualTo(1);
    }

    @Test
    void twoWorkersAreUsualWhereThereAreTwoCores() {
        assertThat(FleetPlan.usualWorkers(1)).isEqualTo(1);
        assertThat(FleetPlan.usualWorkers(2)).isEqualTo(2);
        assertThat(FleetPlan.usualWorkers(64)).isEqualTo(2);
    }

    @Test
    void aFleetHasAWorker() {
        assertThatThrownBy(() -> FleetPlan.of(0, 2, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The workers (0) of a fleet must be from 1 to 100.");
    }
}
