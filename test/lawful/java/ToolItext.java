import com.itextpdf.text.pdf.PdfArray;
import com.itextpdf.text.pdf.PdfDictionary;
import com.itextpdf.text.pdf.PdfName;
import com.itextpdf.text.pdf.PdfReader;
import com.itextpdf.text.pdf.PdfStamper;
import com.itextpdf.text.pdf.PdfStream;
import com.itextpdf.text.pdf.PdfWriter;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What iText 5 does to a document that is signed, always in append mode, many in one start. A line is a command, tab-separated: `sign` and the arguments of
 * SignItext; `fill IN OUT NAME=VALUE…`; `inform IN OUT TITLE`; `store IN OUT DER…`, a DSS with those certificates; `resave IN OUT`. Answers `ok` or why not.
 */
public class ToolItext {
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split("\t");
      try {
        String[] rest = Arrays.copyOfRange(words, 1, words.length);
        if (words[0].equals("sign")) SignItext.main(rest);
        else change(words[0], rest);
        out.println("ok");
      } catch (Throwable error) {
        out.println(String.valueOf(error).replace('\n', ' '));
      }
    }
  }

  private static void change(String command, String[] words) throws Exception {
    PdfReader reader = new PdfReader(words[0]);
    PdfStamper stamper = new PdfStamper(reader, new FileOutputStream(words[1]), '\0', true);
    String[] rest = Arrays.copyOfRange(words, 2, words.length);
    if (command.equals("fill")) {
      for (String pair : rest) {
        String[] parts = pair.split("=", 2);
        if (!stamper.getAcroFields().setField(parts[0], parts[1].replace("\\n", "\n"))) throw new IllegalStateException("no field " + parts[0]);
      }
    } else if (command.equals("inform")) {
      Map<String, String> info = new HashMap<>(reader.getInfo());
      info.put("Title", rest[0]);
      stamper.setMoreInfo(info);
      stamper.createXmpMetadata();
    } else if (command.equals("store")) {
      PdfWriter writer = stamper.getWriter();
      PdfArray certificates = new PdfArray();
      for (String path : rest) {
        PdfStream stream = new PdfStream(Files.readAllBytes(Path.of(path)));
        stream.flateCompress();
        certificates.add(writer.addToBody(stream, false).getIndirectReference());
      }
      PdfDictionary store = new PdfDictionary();
      store.put(new PdfName("Certs"), writer.addToBody(certificates, false).getIndirectReference());
      PdfDictionary catalog = reader.getCatalog();
      // as LtvVerification does
      stamper.markUsed(catalog);
      catalog.put(new PdfName("DSS"), writer.addToBody(store, false).getIndirectReference());
    }
    stamper.close();
    reader.close();
  }
}
