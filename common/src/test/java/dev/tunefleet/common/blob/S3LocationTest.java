package dev.tunefleet.common.blob;

import java.net.URI;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class S3LocationTest {

    @Test
    void aBucketAloneIsAmazons() {
        S3Location location = S3Location.of(URI.create("s3://models"));

        assertThat(location).isEqualTo(new S3Location("models", "", Optional.empty(), Optional.empty(), false));
    }

    @Test
    void aServerOfOnesOwnHasTheBucketInThePath() {
        S3Location location =
                S3Location.of(URI.create("s3://models/fleet/one/?endpoint=http%3A%2F%2Fs3:9000&region=eu"));

        assertThat(location)
                .isEqualTo(new S3Location(
                        "models", "fleet/one/", Optional.of(URI.create("http://s3:9000")), Optional.of("eu"), true));
    }

    @Test
    void anEmptyOptionIsOneLeftOut() {
        S3Location location = S3Location.of(URI.create("s3://models/fleet?endpoint=&region=eu-central-1"));

        assertThat(location)
                .isEqualTo(new S3Location("models", "fleet/", Optional.empty(), Optional.of("eu-central-1"), false));
    }

    @Test
    void theStyleCanBeSaid() {
        S3Location location = S3Location.of(URI.create("s3://models?endpoint=https://s3.example&style=virtual"));

        assertThat(location.bucketInPath()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:///prefix",
                "s3://models?endpont=http://s3",
                "s3://models?style=sideways",
                "s3://key:word@models",
                "s3://models?secret=x"
            })
    void addressesThatSayNothingOrTooMuchAreRefused(String location) {
        assertThatThrownBy(() -> S3Location.of(URI.create(location)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must");
    }

    @Test
    void otherSchemesAreRefusedWithWhatThereIs() {
        assertThatThrownBy(() -> BlobStore.at(URI.create("ftp://somewhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file: or an s3:");
    }
}
