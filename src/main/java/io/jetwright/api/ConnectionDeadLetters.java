package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What the relay of dead letters needs to know of a connection. */
@ValidationRule(
        value = "[has(self.creds), has(self.nkey), has(self.jwt), has(self.user), has(self.token)]"
                + ".filter(given, given).size() <= 1",
        message = "creds, nkey, jwt, user and token exclude each other: choose one")
public record ConnectionDeadLetters(
        @JsonPropertyDescription(
                "The name of a stream that stores JetStream's advisories already, since only one stream of"
                        + " an account can: it has the subjects $JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.> and"
                        + " $JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.>, or more. Omitted: the relay makes one.")
        @Pattern(Limits.NAME)
        @Size(min = 1, max = Limits.NAME_LENGTH)
        @Nullable
        String captureStream,

        @JsonPropertyDescription("The relay's credentials: a credentials file (.creds), as nsc writes it.") @Nullable
        CredsSecret creds,

        @JsonPropertyDescription("The relay's credentials: the seed of a user's nkey.") @Nullable
        NkeySecret nkey,

        @JsonPropertyDescription("The relay's credentials: a user's JWT and the seed of its nkey.") @Nullable
        JwtSecret jwt,

        @JsonPropertyDescription("The relay's credentials: user and password.") @Nullable
        UserSecret user,

        @JsonPropertyDescription("The relay's credentials: a token.") @Nullable
        TokenSecret token)
        implements Login {}
