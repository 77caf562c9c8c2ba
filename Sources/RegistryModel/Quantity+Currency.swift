/// The currencies of ISO 4217, those of today and those that were withdrawn: old amounts stay in what they were said in.
public enum Currency {
  /// The alphabetic codes of ISO 4217 list one as it stands in 2026, sorted; without `XTS` and `XXX`, which stand for no
  /// currency.
  public static let codes: [String] = list.split(whereSeparator: \.isWhitespace).map(String.init)

  /// The codes of list three (historic denominations) that no currency of today has, each with the year in which it was
  /// withdrawn, the newest where there are several.
  public static let withdrawn: [String: Int] = {
    let words = historic.split(whereSeparator: \.isWhitespace)
    var years: [String: Int] = [:]
    for place in stride(from: 0, to: words.count - 1, by: 2) {
      years[String(words[place])] = Int(words[place + 1])
    }
    return years
  }()

  /// Whether `text` is a code, in use or withdrawn: three capitals, such as `USD` or `DEM`.
  public static func isCode(_ text: String) -> Bool { known.contains(text) }

  private static let known = Set(codes).union(withdrawn.keys)

  private static let list = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
    CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
    GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
    KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK
    NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST
    XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG
    """
  private static let historic = """
    ADP 2003  AFA 2003  ALK 1989  ANG 2025  AOK 1991  AON 2000  AOR 2000  ARA 1992  ARP 1985  ARY 1990  ATS 2002
    AYM 2005  AZM 2005  BAD 1998  BEC 1990  BEF 2002  BEL 1990  BGJ 1990  BGK 1990  BGL 2003  BGN 2026  BOP 1987
    BRB 1986  BRC 1989  BRE 1993  BRN 1990  BRR 1994  BUK 1990  BYB 2001  BYR 2017  CHC 2004  CSD 2006  CSJ 1990
    CSK 1993  CUC 2021  CYP 2008  DDM 1990  DEM 2002  ECS 2000  ECV 2000  EEK 2011  ESA 1981  ESB 1994  ESP 2002
    FIM 2002  FRF 2002  GEK 1995  GHC 2008  GHP 2007  GNE 1989  GNS 1986  GQE 1986  GRD 2002  GWE 1981  GWP 1997
    HRD 1995  HRK 2023  IEP 2002  ILP 1981  ILR 1990  ISJ 1990  ITL 2002  LAJ 1979  LSM 1985  LTL 2014  LTT 1993
    LUC 1990  LUF 2002  LUL 1990  LVL 2014  LVR 1994  MGF 2004  MLF 1984  MRO 2017  MTL 2008  MTP 1983  MVQ 1989
    MXP 1993  MZE 1981  MZM 2006  NIC 1990  NLG 2002  PEH 1990  PEI 1991  PES 1986  PLZ 1997  PTE 2002  RHD 1981
    ROK 1990  ROL 2005  RUR 2004  SDD 2007  SDP 1998  SIT 2007  SKK 2009  SLL 2023  SRG 2003  STD 2017  SUR 1990
    TJR 2001  TMM 2009  TPE 2002  TRL 2005  UAK 1996  UGS 1987  UGW 1990  USS 2014  UYN 1989  UYP 1993  VEB 2008
    VEF 2018  VNC 1990  XEU 1999  XFO 2006  XFU 2013  XRE 1999  YDD 1991  YUD 1990  YUM 2003  YUN 1995  ZAL 1995
    ZMK 2012  ZRN 1999  ZRZ 1994  ZWC 1989  ZWD 2008  ZWL 2024  ZWN 2006  ZWR 2009
    """
}
