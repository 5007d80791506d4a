package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.EventLogger;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerTemplateTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, , ",
                "`subjectPrefix: shop`, filterSubject, shop.>",
                "`subjects: [auth.user.>, auth.session.>]`, filterSubjects, `[auth.user.>, auth.session.>]`",
                "`subjects: [shop.user.>], subjectPrefix: shop`, filterSubjects, `[shop.user.>]`",
                "`subjects: []`, , "
            })
    void deliversWhatIsShown(String fields, @Nullable String field, @Nullable String filter) {
        EventLogger logger = Serialization.unmarshal("""
                apiVersion: jetwright.io/v1beta1
                kind: EventLogger
                metadata: {name: log, namespace: shop}
                spec: {streamName: EVENTS, %s}
                """.formatted(fields), EventLogger.class);

        Map<String, Object> spec = ConsumerTemplate.consumer(logger).get("spec");

        for (String each : new String[] {"filterSubject", "filterSubjects"}) {
            assertThat(String.valueOf(spec.get(each))).isEqualTo(each.equals(field) ? filter : "null");
        }
    }
}
