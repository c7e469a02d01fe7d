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
 * Arguments: IN OUT SIGNER_PEM KEY_PEM FIELD CERTIFICATION_LEVEL
 */
public class SignItext {
  private static final int RESERVE_BYTES = 6000;

  public static void main(String[] arguments) throws Exception {
    PdfReader reader = new PdfReader(arguments[0]);
    PdfStamper stamper = PdfStamper.createSignature(reader, new FileOutputStream(arguments[1]), '\0', null, true);
    PdfSignatureAppearance appearance = stamper.getSignatureAppearance();
    appearance.setReason("Phat hanh");
    appearance.setLayer2Text("Ky boi iText");
    appearance.setVisibleSignature(new Rectangle(100, 100, 220, 160), 1, arguments[4]);
    appearance.setCertificationLevel(Integer.parseInt(arguments[5]));
    PdfSignature signature = new PdfSignature(PdfName.ADOBE_PPKLITE, PdfName.ADBE_PKCS7_DETACHED);
    signature.setDate(new PdfDate(appearance.getSignDate()));
    appearance.setCryptoDictionary(signature);
    HashMap<PdfName, Integer> gaps = new HashMap<>();
    gaps.put(PdfName.CONTENTS, RESERVE_BYTES * 2 + 2);
    appearance.preClose(gaps);
    Path data = Files.createTempFile(Path.of("."), "range", ".bin");
    try (InputStream range = appearance.getRangeStream()) {
      Files.copy(range, data, StandardCopyOption.REPLACE_EXISTING);
    }
    File der = new File(data + ".der");
    int status = new ProcessBuilder("openssl", "cms", "-sign", "-binary", "-in", data.toString(), "-signer", arguments[2], "-inkey", arguments[3], "-outform", "DER", "-out", der.getPath()).inheritIO().start().waitFor();
    if (status != 0) throw new IllegalStateException("openssl cms failed");
    byte[] contents = new byte[RESERVE_BYTES];
    byte[] cms = Files.readAllBytes(der.toPath());
    System.arraycopy(cms, 0, contents, 0, cms.length);
    PdfDictionary update = new PdfDictionary();
    update.put(PdfName.CONTENTS, new PdfString(contents).setHexWriting(true));
    appearance.close(update);
  }
}
