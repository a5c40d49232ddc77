import { languages, type Language } from "#platform/http/language.js";

const texts = {
  signIn: ["Sign in", "Ingia", "Se connecter"],
  username: ["User name", "Jina la mtumiaji", "Nom d'utilisateur"],
  password: ["Password", "Nenosiri", "Mot de passe"],
  passwordAgain: ["Password again", "Nenosiri tena", "Mot de passe, encore une fois"],
  passwordHint: [
    "At least 12 characters. A sentence of your own is good.",
    "Angalau herufi 12. Sentensi yako mwenyewe ni nzuri.",
    "Au moins 12 caractères. Une phrase à vous convient bien.",
  ],
  code: ["Code of your second factor", "Msimbo wa hatua ya pili", "Code du second facteur"],
  codeHint: [
    "Six digits, from the app on your phone.",
    "Tarakimu sita, kutoka kwenye programu ya simu yako.",
    "Six chiffres, dans l'application de votre téléphone.",
  ],
  enrol: ["Set up your second factor", "Weka hatua ya pili", "Configurer le second facteur"],
  enrolHint: [
    "You work with names and addresses that must not leak. Enter this key in an authenticator app on your phone, then type the code that it shows.",
    "Unafanya kazi na majina na anwani ambazo hazipaswi kuvuja. Weka ufunguo huu kwenye programu ya uthibitishaji ya simu yako, kisha andika msimbo unaoonyeshwa.",
    "Vous travaillez avec des noms et des adresses qui ne doivent pas fuiter. Saisissez cette clé dans une application d'authentification, puis tapez le code affiché.",
  ],
  openInApp: ["Open in the app", "Fungua kwenye programu", "Ouvrir dans l'application"],
  goOn: ["Continue", "Endelea", "Continuer"],
  begin: ["Begin here", "Anzia hapa", "Commencer ici"],
  beginHint: [
    "Name your organisation, and become its first administrator.",
    "Taja shirika lako, na uwe msimamizi wake wa kwanza.",
    "Nommez votre organisation et devenez sa première administratrice.",
  ],
  organisation: ["Organisation", "Shirika", "Organisation"],
  yourName: ["Your name", "Jina lako", "Votre nom"],
  welcome: ["Choose how you sign in", "Chagua jinsi utakavyoingia", "Choisissez vos identifiants"],
  done: ["It is done", "Imekamilika", "C'est fait"],
  doneHint: [
    "You can now sign in, in the program of your shelter.",
    "Sasa unaweza kuingia, katika programu ya makazi yako.",
    "Vous pouvez maintenant vous connecter, dans le programme de votre refuge.",
  ],
  signOut: ["Sign out", "Toka", "Se déconnecter"],
  signOutHint: ["Do you want to sign out?", "Je, unataka kutoka?", "Voulez-vous vous déconnecter ?"],
  signedOut: ["You have signed out", "Umetoka", "Vous êtes déconnectée"],
  problem: ["This did not work", "Haikufanikiwa", "Cela n'a pas fonctionné"],
  PasswordWrong: [
    "The user name or the password is wrong. After some wrong ones you have to wait a minute.",
    "Jina la mtumiaji au nenosiri si sahihi. Baada ya makosa kadhaa inabidi usubiri dakika moja.",
    "Le nom ou le mot de passe est faux. Après plusieurs erreurs, il faut attendre une minute.",
  ],
  CodeWrong: [
    "The code is wrong, or was used before. Wait for the next one.",
    "Msimbo si sahihi, au umetumika. Subiri unaofuata.",
    "Le code est faux ou déjà utilisé. Attendez le suivant.",
  ],
  TooManyRequests: ["Too many attempts. Wait a minute.", "Majaribio mengi mno. Subiri dakika moja.", "Trop d'essais. Attendez une minute."],
  LinkUsed: [
    "This link was used, or is over. Ask for another.",
    "Kiungo hiki kimetumika, au muda wake umeisha. Omba kingine.",
    "Ce lien a servi ou n'est plus valable. Demandez-en un autre.",
  ],
  PasswordTooShort: [
    "The password needs at least 12 characters.",
    "Nenosiri linahitaji angalau herufi 12.",
    "Le mot de passe doit avoir au moins 12 caractères.",
  ],
  PasswordTooLong: [
    "The password has more than 200 characters.",
    "Nenosiri lina zaidi ya herufi 200.",
    "Le mot de passe a plus de 200 caractères.",
  ],
  PasswordCommon: [
    "Many people use this password. Choose another.",
    "Watu wengi hutumia nenosiri hili. Chagua jingine.",
    "Beaucoup de gens utilisent ce mot de passe. Choisissez-en un autre.",
  ],
  PasswordIsName: [
    "The password holds your user name. Choose another.",
    "Nenosiri lina jina lako la mtumiaji. Chagua jingine.",
    "Le mot de passe contient votre nom d'utilisateur. Choisissez-en un autre.",
  ],
  PasswordsDiffer: ["The two passwords differ.", "Manenosiri mawili hayafanani.", "Les deux mots de passe diffèrent."],
  UsernameTaken: [
    "Somebody else has this user name. Choose another.",
    "Mtu mwingine ana jina hili. Chagua jingine.",
    "Quelqu'un d'autre a ce nom. Choisissez-en un autre.",
  ],
  UsernameInvalid: [
    "A user name has 3 to 60 letters, digits or . - _ @",
    "Jina la mtumiaji lina herufi, tarakimu au . - _ @ kati ya 3 na 60",
    "Un nom d'utilisateur a de 3 à 60 lettres, chiffres ou . - _ @",
  ],
  FieldMissing: ["Fill in every field.", "Jaza kila sehemu.", "Remplissez tous les champs."],
  NotAMember: [
    "You are none of the people here, or no longer. Ask an administrator.",
    "Wewe si miongoni mwa watu hapa. Muulize msimamizi.",
    "Vous ne faites pas, ou plus, partie des gens d'ici. Demandez à une administratrice.",
  ],
  SignInOver: [
    "This sign-in is over. Go back to your program, and begin again.",
    "Muda wa kuingia umeisha. Rudi kwenye programu yako, uanze tena.",
    "Cette connexion n'est plus valable. Retournez à votre programme et recommencez.",
  ],
} as const satisfies Readonly<Record<string, readonly [en: string, sw: string, fr: string]>>;

export type Word = keyof typeof texts;
export const isWord = (text: string): text is Word => Object.hasOwn(texts, text);
export const word = (language: Language, name: Word): string => texts[name][languages.indexOf(language)]!;
