import com.itextpdf.text.Rectangle;
import com.itextpdf.text.pdf.PdfDate;
import com.itextpdf.text.pdf.PdfDictionary;
import com.itextpdf.text.pdf.PdfName;
import com.itextpdf.text.pdf.PdfReader;
import com.itextpdf.text.pdf.PdfSignature;
import com.itextpdf.text.pdf.PdfSignatureAppearance;
import com.itextpdf.text.pdf.PdfStamper;
import com.itextpdf.text.pdf.PdfString;
import java.io.File;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;

/**
 * Signs the way that iText 5 lays a signature out, in append mode; the CMS is by OpenSSL (Debian's iText comes without Bouncy Castle).
 * Arguments: IN OUT SIGNER_PEM KEY_PEM FIELD CERTIFICATION_LEVEL [TSA_CONFIG]
 * With the configuration of an OpenSSL TSA (its section `tsa`) the signature gets a time-stamp whose imprint is under SHA-1, as the tool in use asks for it.
 */
public class SignItext {
  private static final int RESERVE_BYTES = 6000;

  public static void main(String[] arguments) throws Exception {
    PdfReader reader = new PdfReader(arguments[0]);
    PdfStamper stamper = PdfStamper.createSignature(reader, new FileOutputStream(arguments[1]), '\0', null, true);
    PdfSignatureAppearance appearance = stamper.getSignatureAppearance();
    appearance.setReason("Phat hanh");
    appearance.setLayer2Text("Ky boi iText");
    // a field that was prepared is signed, else one is made
    if (reader.getAcroFields().getBlankSignatureNames().contains(arguments[4])) appearance.setVisibleSignature(arguments[4]);
    else appearance.setVisibleSignature(new Rectangle(100, 100, 220, 160), 1, arguments[4]);
    appearance.setCertificationLevel(Integer.parseInt(arguments[5]));
    PdfSignature signature = new PdfSignature(PdfName.ADOBE_PPKLITE, PdfName.ADBE_PKCS7_DETACHED);
    signature.setDate(new PdfDate(appearance.getSignDate()));
    appearance.setCryptoDictionary(signature);
    HashMap<PdfName, Integer> gaps = new HashMap<>();
    gaps.put(PdfName.CONTENTS, RESERVE_BYTES * 4 + 2);
    appearance.preClose(gaps);
    Path data = Files.createTempFile(Path.of("."), "range", ".bin");
    try (InputStream range = appearance.getRangeStream()) {
      Files.copy(range, data, StandardCopyOption.REPLACE_EXISTING);
    }
    File der = new File(data + ".der");
    int status = new ProcessBuilder("openssl", "cms", "-sign", "-cades", "-binary", "-in", data.toString(), "-signer", arguments[2], "-inkey", arguments[3], "-outform", "DER", "-out", der.getPath()).inheritIO().start().waitFor();
    if (status != 0) throw new IllegalStateException("openssl cms failed");
    byte[] contents = new byte[RESERVE_BYTES * 2];
    byte[] cms = Files.readAllBytes(der.toPath());
    if (arguments.length > 6) cms = stamped(cms, arguments[6]);
    System.arraycopy(cms, 0, contents, 0, cms.length);
    PdfDictionary update = new PdfDictionary();
    update.put(PdfName.CONTENTS, new PdfString(contents).setHexWriting(true));
    appearance.close(update);
  }

  /** RFC 3161 appendix A: the token is over the signature's value, in an unsigned attribute at the end of the SignerInfo. */
  private static byte[] stamped(byte[] cms, String config) throws Exception {
    // ContentInfo > [0] > SignedData > signerInfos > SignerInfo: each time the last child
    byte[] signerInfo = cms;
    for (int i = 0; i < 4; i += 1) signerInfo = lastChild(signerInfo);
    Files.write(Path.of("value.bin"), content(lastChild(signerInfo)));
    openssl("ts", "-query", "-data", "value.bin", "-sha1", "-cert", "-out", "value.tsq");
    openssl("ts", "-reply", "-config", config, "-section", "tsa", "-queryfile", "value.tsq", "-token_out", "-out", "value.tst");
    byte[] id = {0x06, 0x0b, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0e};
    byte[] attribute = der(0x30, join(id, der(0x31, Files.readAllBytes(Path.of("value.tst")))));
    return appended(cms, 4, der(0xa1, attribute));
  }

  private static void openssl(String... words) throws Exception {
    String[] command = new String[words.length + 1];
    command[0] = "openssl";
    System.arraycopy(words, 0, command, 1, words.length);
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) throw new IllegalStateException(String.join(" ", command) + " failed");
  }

  /** The element with `addition` after the last child of its descendant `depth` levels down, always the last of its level. */
  private static byte[] appended(byte[] element, int depth, byte[] addition) {
    byte[] inside = content(element);
    if (depth == 0) return der(element[0] & 0xff, join(inside, addition));
    byte[] last = lastChild(element);
    byte[] before = new byte[inside.length - last.length];
    System.arraycopy(inside, 0, before, 0, before.length);
    return der(element[0] & 0xff, join(before, appended(last, depth - 1, addition)));
  }

  private static byte[] lastChild(byte[] element) {
    byte[] inside = content(element);
    int at = 0;
    while (at + size(inside, at) < inside.length) at += size(inside, at);
    byte[] child = new byte[inside.length - at];
    System.arraycopy(inside, at, child, 0, child.length);
    return child;
  }

  private static byte[] content(byte[] element) {
    int header = size(element, 0) - length(element, 0);
    byte[] inside = new byte[length(element, 0)];
    System.arraycopy(element, header, inside, 0, inside.length);
    return inside;
  }

  /** With tag and length. */
  private static int size(byte[] bytes, int at) {
    int first = bytes[at + 1] & 0xff;
    return 2 + (first < 0x80 ? 0 : first & 0x7f) + length(bytes, at);
  }

  private static int length(byte[] bytes, int at) {
    int first = bytes[at + 1] & 0xff;
    if (first < 0x80) return first;
    int value = 0;
    for (int i = 0; i < (first & 0x7f); i += 1) value = (value << 8) | (bytes[at + 2 + i] & 0xff);
    return value;
  }

  private static byte[] der(int tag, byte[] inside) {
    int count = inside.length < 0x80 ? 0 : inside.length < 0x100 ? 1 : inside.length < 0x10000 ? 2 : 3;
    byte[] head = new byte[2 + count];
    head[0] = (byte) tag;
    head[1] = (byte) (count == 0 ? inside.length : 0x80 | count);
    for (int i = 0; i < count; i += 1) head[2 + i] = (byte) (inside.length >> (8 * (count - 1 - i)));
    return join(head, inside);
  }

  private static byte[] join(byte[] one, byte[] two) {
    byte[] both = new byte[one.length + two.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
