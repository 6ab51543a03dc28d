import { Citation } from "./dated";

/**
 * A document that the policy rests on. Its sentences are not reproduced; citations name document, section and
 * bullet.
 */
export interface PolicyDocument {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly url?: string;
  /** What is known about when it was published or took effect. */
  readonly dates: string;
}

export const documents: readonly PolicyDocument[] = [
  {
    id: "molina-esi",
    title: "Epidural Steroid for Pain Management",
    publisher: "Molina Healthcare",
    dates: "no publication date given; see reading I-15 for the effective date taken",
  },
  {
    id: "A58777",
    title: "CMS Billing and Coding Article A58777 (LCD L39054)",
    publisher: "WPS",
    url: "https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleId=58777",
    dates: "in force on 2021-12-12",
  },
  {
    id: "A56681",
    title: "CMS Billing and Coding Article A56681 (LCD L36920)",
    publisher: "Novitas",
    url: "https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleId=56681",
    dates: "in force on 2021-12-12",
  },
  {
    id: "A58993",
    title: "CMS Billing and Coding Article A58993",
    publisher: "Noridian",
    url: "https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleId=58993",
    dates: "sibling article, cited for the spinal regions by procedure code",
  },
];

export const molinaOverview = (bullet: 1 | 2 | 3 | 4): Citation =>
  cite("molina-esi", `Policy Overview, bullet ${bullet}`);
export const molinaPurpose = cite("molina-esi", "Purpose");
export const articleA58777 = cite("A58777", "Billing and Coding");
export const articleA56681 = cite("A56681", "Billing and Coding");
export const articleA58993 = cite("A58993", "Billing and Coding");

function cite(documentId: string, section: string): Citation {
  return { documentId, section };
}
