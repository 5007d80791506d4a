package io.jetwright.nats;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate authority in memory, with keys and certificates as PEM. */
final class TestAuthority {
    private static final AlgorithmIdentifier SIGNATURE = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final X500Name NAME = new X500Name("CN=authority");
    private static final AtomicLong SERIAL_NUMBERS = new AtomicLong(1);

    private final KeyPair keys = keys("EC");

    /** The authority's own certificate. */
    String certificate() throws Exception {
        var extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return certificate(NAME, keys.getPublic(), Instant.now().plus(Duration.ofDays(1)), extensions.generate());
    }

    /** A certificate for a DNS name that is valid for a day. */
    String certificate(PublicKey key, String dnsName) throws Exception {
        return certificate(key, dnsName, Instant.now().plus(Duration.ofDays(1)));
    }

    /** A certificate for a DNS name. */
    String certificate(PublicKey key, String dnsName, Instant expiry) throws Exception {
        var extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)));
        return certificate(new X500Name("CN=" + dnsName), key, expiry, extensions.generate());
    }

    private String certificate(X500Name subject, PublicKey key, Instant expiry, Extensions extensions)
            throws Exception {
        var generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(SERIAL_NUMBERS.getAndIncrement()));
        generator.setSignature(SIGNATURE);
        generator.setIssuer(NAME);
        generator.setStartDate(new Time(Date.from(expiry.minus(Duration.ofDays(10)))));
        generator.setEndDate(new Time(Date.from(expiry)));
        generator.setSubject(subject);
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        generator.setExtensions(extensions);
        var content = generator.generateTBSCertificate();
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content.getEncoded(ASN1Encoding.DER));
        var signed = new DERSequence(
                List.of(content, SIGNATURE, new DERBitString(signature.sign())).toArray(ASN1Encodable[]::new));
        return pem("CERTIFICATE", signed.getEncoded());
    }

    /** New keys: {@code RSA}, {@code EC} or {@code Ed25519}. */
    static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            switch (algorithm) {
                case "RSA" -> generator.initialize(2048);
                case "EC" -> generator.initialize(256);
                default -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code -----BEGIN PRIVATE KEY-----}. */
    static String pkcs8(PrivateKey key) throws IOException {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** {@code -----BEGIN RSA PRIVATE KEY-----}. */
    static String pkcs1(PrivateKey key) throws IOException {
        return pem(
                "RSA PRIVATE KEY",
                PrivateKeyInfo.getInstance(key.getEncoded())
                        .parsePrivateKey()
                        .toASN1Primitive()
                        .getEncoded());
    }

    /** {@code -----BEGIN EC PRIVATE KEY-----}, as openssl writes it. */
    static String sec1(ECPrivateKey key) throws IOException {
        BigInteger secret = key.getS();
        var curve = PrivateKeyInfo.getInstance(key.getEncoded())
                .getPrivateKeyAlgorithm()
                .getParameters();
        return pem("EC PARAMETERS", curve.toASN1Primitive().getEncoded())
                + pem("EC PRIVATE KEY", new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, curve).getEncoded());
    }

    static String pem(String type, byte[] content) throws IOException {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        return text.toString();
    }
}
