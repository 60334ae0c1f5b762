package dev.tunefleet.worker.train;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExhaustionTest {

    @Test
    void theHeapAndNativeCodeAreBothUnderstoodHoweverDeepTheyLie() {
        assertThat(Exhaustion.in(new OutOfMemoryError("Java heap space"))).isTrue();
        assertThat(Exhaustion.in(new RuntimeException("Allocation failed: [std::bad_alloc]")))
                .isTrue();
        assertThat(Exhaustion.in(new IllegalStateException("It broke.", new OutOfMemoryError())))
                .isTrue();
    }

    @Test
    void otherFailuresAreNoExhaustion() {
        assertThat(Exhaustion.in(new IllegalArgumentException("The sizes must be at least 1.")))
                .isFalse();
        assertThat(Exhaustion.in(new RuntimeException())).isFalse();
        assertThat(Exhaustion.in(new IOException("allocation failed"))).isFalse();
    }
}
