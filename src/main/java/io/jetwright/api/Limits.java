package io.jetwright.api;

/** The bounds and patterns that the schema sets to text, and the messages and expressions that go with them. */
final class Limits {
    static final String SUBJECT = "^[^\\s.]+([.][^\\s.]+)*$";
    static final String LITERAL_SUBJECT = "^[^\\s.*>]+([.][^\\s.*>]+)*$";
    static final int SUBJECT_LENGTH = 255;

    /** The app gets such subjects in a list with commas. */
    static final String SUBJECT_IN_LIST = "^(([^\\s.,*>]+|[*])[.])*([^\\s.,*>]+|[*]|>)$";

    /** The full name of a protobuf message. */
    static final String PROTOBUF_MESSAGE = "^[A-Za-z_][A-Za-z0-9_]*([.][A-Za-z_][A-Za-z0-9_]*)*$";

    static final String PERCENTAGE = "^([0-9]{1,2}|100)%?$";
    static final int PERCENTAGE_LENGTH = 4;

    static final String GROUP = "^[A-Za-z0-9/_=-]{1,16}$";
    static final int GROUP_LENGTH = 16;

    /** The longest name of a stream, a consumer or a key in metadata: that of a file (nats-server, JSMaxNameLen). */
    static final int NAME_LENGTH = 255;

    static final String NAME = "^[^\\s.*>/\\\\]+$";

    /** The name of a key-value bucket or an object store, as clients check it (ADR-8, ADR-20). */
    static final String BUCKET = "^[A-Za-z0-9_-]+$";

    /** The longest name of a bucket: a stream's, less the longest prefix, {@code OBJ_}. */
    static final int BUCKET_LENGTH = NAME_LENGTH - 4;

    /** The server takes descriptions of up to 4 KiB (JSMaxDescriptionLen). */
    static final int DESCRIPTION_LENGTH = 4096;

    /**
     * The URL of a server, without user and password, which do not belong in a spec, and without commas, since the app gets
     * URLs in a list with commas.
     */
    static final String SERVER =
            "^((nats|tls|ws|wss)://)?([^\\s/?#@:,\\[\\]]+|\\[[0-9a-fA-F:.]+\\])(:[0-9]{1,5})?(/[^\\s?#@,]*)?$";

    static final String SECRET_KEY = "^[-._a-zA-Z0-9]+$";

    static final String NAMESPACE = "^([*]|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$";

    static final String ONE_NAMESPACE = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** A container image. */
    static final String IMAGE = "^[^\\s]+$";

    static final String HOST = "^([*][.])?[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String HEX = "[0-9a-fA-F]{1,4}";

    private static final String IPV6 = "(" + HEX + ":){7}" + HEX
            + "|(" + HEX + ":){1,7}:"
            + "|(" + HEX + ":){1,6}:" + HEX
            + "|(" + HEX + ":){1,5}(:" + HEX + "){1,2}"
            + "|(" + HEX + ":){1,4}(:" + HEX + "){1,3}"
            + "|(" + HEX + ":){1,3}(:" + HEX + "){1,4}"
            + "|(" + HEX + ":){1,2}(:" + HEX + "){1,5}"
            + "|" + HEX + ":(:" + HEX + "){1,6}"
            + "|:((:" + HEX + "){1,7}|:)";

    /** An IP address, or a range of them in CIDR notation, written out since CEL knows addresses since Kubernetes 1.31 only. */
    static final String NETWORK = "^((" + OCTET + "[.]){3}" + OCTET + "(/(3[0-2]|[12]?[0-9]))?" + "|(" + IPV6
            + ")(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$";

    /** That of eight groups of four digits, and the length of the prefix. */
    static final int NETWORK_LENGTH = 43;

    /** The base path that the event logger takes. */
    static final String PATH = "^(/[A-Za-z0-9._~-]+)*/?$";

    /** That a base path does not begin as the paths of the event logger's API do, which could not be told from it. */
    static final String NO_API_PATH =
            "!self.matches('^/(publish|events|history|health|ready|status|metrics|openapi[.]json)(/.*)?$')";

    static final String NO_API_PATH_MESSAGE =
            "begins as a path of the app's API does (/publish, /events, /history, /health, /ready,"
                    + " /status, /metrics, /openapi.json); choose another one, such as /logger";

    static final String VARIABLE = "^[-._a-zA-Z][-._a-zA-Z0-9]*$";

    /** A point in time, or a duration before another one. */
    static final String TIME_OR_DURATION = "(" + Times.PATTERN + "|" + Durations.PATTERN + ")";

    static final int DURATION_LENGTH = 32;
    static final int TIME_LENGTH = 40;

    private Limits() {}
}
