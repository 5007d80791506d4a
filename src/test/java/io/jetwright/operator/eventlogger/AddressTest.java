package io.jetwright.operator.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.EventLogger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    private static EventLogger logger(String spec) {
        return Serialization.unmarshal(
                "kind: EventLogger\nmetadata: {name: log, namespace: shop}\nspec: {%s}\n".formatted(spec),
                EventLogger.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            streamName: A                                                        | http://log.shop.svc:8080
            service: {port: 80}                                                  | http://log.shop.svc:80
            ingress: {host: a.example}                                           | http://log.shop.svc:8080
            ingress: {enabled: true, host: a.example}                            | http://a.example
            ingress: {enabled: true, host: a.example, path: /log/}               | http://a.example/log
            ingress: {enabled: true, host: a.example, tlsSecretName: t}          | https://a.example
            ingress: {enabled: true, host: "*.example"}                          | http://log.shop.svc:8080
            ingress: {enabled: true}                                             | http://log.shop.svc:8080
            service: {type: LoadBalancer}                                        | http://log.shop.svc:8080
            httpRoute: {hostnames: [a.example]}                                  | http://log.shop.svc:8080
            httpRoute: {enabled: true}                                           | http://log.shop.svc:8080
            httpRoute: {enabled: true, hostnames: ["*.example"]}                 | http://log.shop.svc:8080
            httpRoute: {enabled: true, hostnames: ["*.example", b.example]}      | http://b.example
            httpRoute: {enabled: true, hostnames: [a.example], path: /log/}      | http://a.example/log
            httpRoute: {enabled: true, hostnames: [a.example], parentRefs: [{name: g, sectionName: https}]} | https://a.example
            httpRoute: {enabled: true, hostnames: [a.example], parentRefs: [{name: g, port: 443}]}          | https://a.example
            httpRoute: {enabled: true, hostnames: [a.example], parentRefs: [{name: g, port: 80}]}           | http://a.example
            """)
    void itIsKnownFromTheSpecAsFarAsThatGoes(String spec, String url) {
        assertThat(Address.of(logger(spec), null, null)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ingress: {enabled: true}                                             | http://192.0.2.1
            ingress: {enabled: true, path: /log, tlsSecretName: t}               | https://192.0.2.1/log
            service: {type: LoadBalancer, port: 80}                              | http://lb.example:80
            service: {type: NodePort}                                            | http://log.shop.svc:8080
            """)
    void elseBalancersTellIt(String spec, String url) {
        Service service = Serialization.unmarshal(
                "kind: Service\nstatus: {loadBalancer: {ingress: [{hostname: lb.example}]}}\n", Service.class);
        Ingress ingress = Serialization.unmarshal(
                "kind: Ingress\nstatus: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}\n", Ingress.class);
        assertThat(Address.of(logger(spec), service, ingress)).isEqualTo(url);
    }
}
