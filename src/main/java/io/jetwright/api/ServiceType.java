package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a Service is reached. */
public enum ServiceType implements WireName {
    @JsonProperty("ClusterIP")
    CLUSTER_IP("ClusterIP"),
    @JsonProperty("NodePort")
    NODE_PORT("NodePort"),
    @JsonProperty("LoadBalancer")
    LOAD_BALANCER("LoadBalancer");

    private final String wireName;

    ServiceType(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
