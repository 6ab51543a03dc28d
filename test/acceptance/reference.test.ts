import { referenceSubjects } from "./referenceSubject";
import { loadVectorFiles } from "./vectorFile";
import { declareVectorTests } from "./vectorTests";

declareVectorTests({ files: loadVectorFiles(), factory: referenceSubjects });
