import com.itextpdf.text.pdf.AcroFields;
import com.itextpdf.text.pdf.PdfArray;
import com.itextpdf.text.pdf.PdfDictionary;
import com.itextpdf.text.pdf.PdfName;
import com.itextpdf.text.pdf.PdfReader;
import com.itextpdf.text.pdf.PdfString;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import sun.security.pkcs.PKCS7;
import sun.security.pkcs.SignerInfo;
import sun.security.timestamp.TimestampToken;

/**
 * What iText 5 makes of signed files, many in one start. Debian's iText comes without Bouncy Castle: iText reads the file, its fields, its revisions and
 * whether a signature covers its whole file; the arithmetic of the CMS is the JDK's own.
 * Standard input: one path a line, with a tab and a password where it needs one. Standard output, tab-separated: `file PATH REVISIONS`, then for each signature
 * `signature NAME REVISION COVERS_WHOLE SUB_FILTER ok|why not`, or `error PATH WHY`; then `done`.
 */
public class JudgeItext {
  private static final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] arguments) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t");
      try {
        judge(parts[0], parts.length > 1 ? parts[1].getBytes(StandardCharsets.ISO_8859_1) : null);
      } catch (Throwable error) {
        out.println("error\t" + parts[0] + "\t" + error);
      }
    }
    out.println("done");
  }

  private static void judge(String path, byte[] password) throws Exception {
    byte[] file = Files.readAllBytes(Path.of(path));
    PdfReader reader = new PdfReader(file.clone(), password);
    if (reader.isRebuilt()) throw new IllegalStateException("iText had to rebuild the cross-reference table");
    AcroFields fields = reader.getAcroFields();
    out.println("file\t" + path + "\t" + fields.getTotalRevisions());
    for (String name : fields.getSignatureNames()) {
      PdfDictionary signature = fields.getSignatureDictionary(name);
      String subFilter = signature.getAsName(PdfName.SUBFILTER).toString().substring(1);
      out.println(String.join("\t", "signature", name, String.valueOf(fields.getRevision(name)), String.valueOf(fields.signatureCoversWholeDocument(name)), subFilter, integrity(signature, subFilter, file)));
    }
    reader.close();
  }

  private static String integrity(PdfDictionary signature, String subFilter, byte[] file) {
    try {
      PdfArray range = signature.getAsArray(PdfName.BYTERANGE);
      int[] numbers = new int[4];
      for (int i = 0; i < 4; i += 1) numbers[i] = range.getAsNumber(i).intValue();
      byte[] signed = new byte[numbers[1] + numbers[3]];
      System.arraycopy(file, numbers[0], signed, 0, numbers[1]);
      System.arraycopy(file, numbers[2], signed, numbers[1], numbers[3]);
      PdfString contents = signature.getAsString(PdfName.CONTENTS);
      PKCS7 cms = new PKCS7(derOf(contents.getOriginalBytes()));
      SignerInfo[] signers = cms.getSignerInfos();
      if (signers.length != 1) return signers.length + " signers";
      if (!subFilter.equals("ETSI.RFC3161")) return cms.verify(signers[0], signed) == null ? "broken" : "ok";
      if (cms.verify(signers[0], null) == null) return "broken";
      TimestampToken token = new TimestampToken(cms.getContentInfo().getData());
      byte[] imprint = MessageDigest.getInstance(token.getHashAlgorithm().getName()).digest(signed);
      return Arrays.equals(imprint, token.getHashedMessage()) ? "ok" : "another imprint";
    } catch (Exception error) {
      return error.toString();
    }
  }

  /** Without the zeros that fill the rest of the room. */
  private static byte[] derOf(byte[] padded) {
    int first = padded[1] & 0xff;
    // BER's indefinite length, which NSS writes: the JDK finds its end
    if (first == 0x80) return padded;
    int count = first < 0x80 ? 0 : first & 0x7f;
    int length = first < 0x80 ? first : 0;
    for (int i = 0; i < count; i += 1) length = (length << 8) | (padded[2 + i] & 0xff);
    return Arrays.copyOf(padded, 2 + count + length);
  }
}
