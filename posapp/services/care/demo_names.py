"""Invented people for a demonstration shop: names of 25 languages, and where their mobile numbers come from.

Phone patterns are beginnings of mobile numbers in the numbering plans of libphonenumber's metadata; a test
holds a sample of every one against the library.
"""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Tongue:
    """How people of one language are called; `pattern` joins a given name and a family name."""

    region: str
    given_words: str
    family_words: str
    pattern: str = "{} {}"

    @cached_property
    def given(self) -> tuple[str, ...]:
        """Given names, women's and men's; an underscore stands for a space within a name."""
        return tuple(word.replace("_", " ") for word in self.given_words.split())

    @cached_property
    def family(self) -> tuple[str, ...]:
        """Family names."""
        return tuple(word.replace("_", " ") for word in self.family_words.split())


HOME = Tongue(
    "IE",
    "Aisling Aoife Caoimhe Ciara Clodagh Deirdre Éabha Eimear Emma Fiadh Grainne Grace Hannah Jack James "
    "Kate Laoise Lucy Máire Mary Méabh Muireann Niamh Nóirín Órla Róisín Sadhbh Saoirse Sarah Síle Sinéad "
    "Sophie Úna Adam Áed Brendan Brian Cian Ciarán Cillian Conor Cormac Daithí Darragh Declan Donal Eoin "
    "Fergal Fionn Liam Lorcan Luke Michael Niall Noah Oisín Pádraig Patrick Rónán Ruairí Seán Séamus "
    "Shane Tadhg",
    "Brady Breen Brennan Burke Byrne Callaghan Campbell Carroll Casey Clarke Collins Connolly "
    "Conway Corcoran Crowley Cullen Daly Delaney Dempsey Doherty Dolan Donnelly Doyle Duffy Dunne Egan "
    "Farrell Finnegan Fitzgerald Fitzpatrick Flanagan Fleming Flynn Foley Gallagher Garvey Griffin Healy "
    "Hennessy Hickey Higgins Hogan Hughes Hurley Joyce Kane Kavanagh Keane Kearney Keegan Kelly Kennedy "
    "Keogh Lynch Lyons Maguire Maher Martin McCarthy McDermott McDonagh McGrath McLoughlin McMahon Molloy "
    "Moloney Mooney Moore Moran Mullen Murphy Murray Nolan O’Brien O’Connell O’Connor O’Donnell O’Keeffe "
    "O’Leary O’Neill O’Reilly O’Rourke O’Sullivan O’Toole Power Quinn Reynolds Roche Ryan Shaw Sheehan "
    "Sheridan Smyth Sweeney Tierney Tracey Walsh Whelan",
)
ABROAD = (
    Tongue(
        "GB",
        "Olivia Amelia Isla Ava Freya Harriet Beatrice Imogen George Harry Oscar Arthur Alfie Rhys Gareth "
        "Ewan Hamish Nigel Tabitha Rosalind",
        "Smith Jones Taylor Brown Wilson Evans Thomas Johnson Roberts Walker Wright Thompson Robinson "
        "Hughes Edwards Green Hall Lewis Harris Cooper MacDonald Ap_Rhys",
    ),
    Tongue(
        "PL",
        "Agnieszka Małgorzata Katarzyna Zofia Łucja Żaneta Świętosława Marta Ewa Łukasz Paweł Stanisław "
        "Michał Krzysztof Wojciech Jędrzej Bartłomiej Tomasz Grzegorz Rafał",
        "Kowalczyk Nowak Wójcik Woźniak Mazur Krawczyk Król Wróbel Szczęśniak Pająk Gołąb Żak Ślusarczyk "
        "Sikora Zając Wieczorek Dudek Pawlak Bąk Stępień Szewczyk Błaszczyk",
    ),
    Tongue(
        "LT",
        "Jonas Mindaugas Šarūnas Žygimantas Vytautas Tadas Darius Ąžuolas Rokas Giedrius Česlovas Jurgis",
        "Kazlauskas Petrauskas Stankevičius Žukauskas Balčiūnas Navickas Šimkus Jankauskas Butkus "
        "Vasiliauskas",
    ),
    Tongue(
        "DE",
        "Jürgen Günther Käthe Anke Björn Sören Heike Jörg Uschi Lena Leonie Finn Maximilian Lukas Zoë "
        "Theresa",
        "Müller Schmidt Schneider Weiß Schröder Krüger Schäfer Bäcker Köhler Hoffmann Großmann Jäger Böhm "
        "Götz Lange Vogel Strauß von_Ahlen",
    ),
    Tongue(
        "FR",
        "Aurélie Chloé Élodie Françoise Hélène Léa Manon Noémie Zoé Benoît François Gaël Jérôme Loïc Rémi "
        "Thibault",
        "Lefèvre Dupont Durand Moreau Girard Bonnet Rousseau Fontaine Chevalier Mercier Gauthier Perrin "
        "Hervé Lemoine Bénard d’Aubigné",
    ),
    Tongue(
        "ES",
        "Ana Lucía María_José Íñigo Begoña Concepción Inés Nuria Álvaro Andrés Ángel Joaquín José Raúl "
        "Sergio Óscar",
        "García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Ibáñez Jiménez Muñoz "
        "Núñez Ruiz Yáñez Zúñiga",
    ),
    Tongue(
        "IT",
        "Alessia Chiara Francesca Giulia Ilaria Martina Niccolò Noè Alessandro Davide Gianluca Lorenzo "
        "Matteo Pietro",
        "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo D’Angelo De_Luca",
    ),
    Tongue(
        "NL",
        "Anouk Femke Fleur Lieke Maaike Noor Sanne Daan Jeroen Joost Maarten Pieter Ruben Thijs",
        "de_Jong Jansen de_Vries van_den_Berg Bakker Visser Meijer de_Boer Mulder de_Groot Bos van_Dijk "
        "Hendriks van_’t_Hof",
    ),
    Tongue(
        "SE",
        "Åsa Elsa Linnéa Märta Ebba Björn Göran Jonas Lars Nils Östen Håkan",
        "Lindqvist Åkesson Bergström Öberg Sjögren Nyström Holmgren Sandström Lundgren Ekström Hägglund "
        "Wallin",
    ),
    Tongue(
        "DK",
        "Bodil Ditte Freja Kirsten Mette Søs Asger Bjørn Jørgen Mads Søren Troels",
        "Kjær Sørensen Jørgensen Østergaard Nørgaard Mølgaard Møller Bæk Skov Holm Frandsen Thygesen",
    ),
    Tongue(
        "FI",
        "Aino Eevi Helmi Kaisa Päivi Sisko Väinö Eero Jukka Mikko Pekka Tapio",
        "Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Järvinen Lehtonen Saarinen "
        "Yrjölä",
    ),
    Tongue(
        "CZ",
        "Božena Eliška Kateřina Ludmila Růžena Věra Aleš Jiří Ondřej Řehoř Tomáš Zdeněk",
        "Krejčí Kočí Jarní Martinů Janů Petrů Jirků Sládků Hájků Matějů Šebů Štěpánů",
    ),
    Tongue(
        "HU",
        "Ágnes Erzsébet Ildikó Katalin Réka Zsófia András Ferenc György László Máté Zoltán",
        "Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Őri Vörös",
        "{1} {0}",
    ),
    Tongue(
        "RO",
        "Ioana Mădălina Ruxandra Ștefania Alexandru Bogdan Cătălin Ionuț Răzvan Ștefan",
        "Popescu Ionescu Dumitrescu Stănescu Țurcanu Pădurariu Munteanu Șerban Constantin Vlăduț",
    ),
    Tongue(
        "GR",
        "Ελένη Μαρία Αικατερίνη Βασιλική Χριστίνα Γεώργιος Δημήτρης Ιωάννης Νικόλαος Παναγιώτης Σπύρος "
        "Θεόδωρος",
        "Γεωργίου Αντωνίου Νικολάου Οικονόμου Βασιλείου Ιωάννου Δημητρίου Χρήστου Κωνσταντίνου "
        "Παπαϊωάννου Αθανασίου Θεοδώρου",
    ),
    Tongue(
        "UA",
        "Олена Ірина Оксана Наталія Юлія Катерина Андрій Богдан Дмитро Олександр Тарас Євген",
        "Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Шевчук Поліщук Лисенко Мельник Гнатюк "
        "Їжакевич",
    ),
    Tongue(
        "TR",
        "Ayşe Çiğdem Gülşen İpek Özlem Zeynep Ahmet Barış Çağlar Işık Oğuz Ümit",
        "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç",
    ),
    Tongue(
        "IN",
        "नेहा प्रिया अनीता दीपिका कविता सुनीता अमित अर्जुन राहुल संजय विक्रम कृष्ण",
        "शर्मा वर्मा गुप्ता सिंह पटेल यादव मिश्रा जोशी अग्रवाल चौहान त्रिपाठी मेहता",
    ),
    Tongue(
        "IN",
        "Ananya Aditi Divya Kavya Lakshmi Meera Priya Shreya Aarav Arjun Karthik Rohan Sanjay Vikram",
        "Raghunathan Sharma Patel Iyer Nair Reddy Mukherjee Banerjee Chaudhary Kulkarni Desai Krishnamurthy",
    ),
    Tongue(
        "AE",
        "فاطمة مريم عائشة نور ليلى زينب محمد أحمد علي يوسف خالد عبد_الله",
        "الحسن المنصور الأنصاري حداد نجار الخطيب سليمان القاسم إبراهيم السعيد شريف الفارسي",
    ),
    Tongue(
        "CN",
        "伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞",
        "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 欧阳",
        "{1}{0}",
    ),
    Tongue(
        "JP",
        "美咲 陽菜 結衣 さくら 由紀 健太 翔太 大輔 直樹 拓也 ひろし ユキ",
        "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田",
        "{1} {0}",
    ),
    Tongue(
        "KR",
        "서연 지우 민서 하은 지민 민준 서준 도윤 예준 주원 현우 지훈",
        "김 이 박 최 정 강 조 윤 장 임 한 오",
        "{1}{0}",
    ),
    Tongue(
        "VN",
        "Thị_Lan Thị_Hương Thị_Mai Ngọc_Ánh Thu_Hà Thanh_Tuyền Văn_Đức Minh_Quân Quốc_Bảo Hữu_Phước "
        "Anh_Tuấn Đình_Lộc",
        "Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ",
        "{1} {0}",
    ),
    Tongue(
        "NG",
        "Adaeze Chioma Folasade Ngozi Ọlúwaṣeun Yétúndé Amara Chidi Chinedu Emeka Ifeanyi Tunde",
        "Okafor Adéyẹmí Balogun Eze Ọláńrewájú Nwosu Okonkwo Abubakar Bello Ògúnbánjọ Diallo Uche",
    ),
    Tongue(
        "BR",
        "Antônia Beatriz Conceição Fátima Júlia Luíza João Antônio Caio Estêvão Luís Vinícius",
        "Pereira da_Silva dos_Santos Araújo Conceição Gonçalves Magalhães Simões Guimarães Assunção "
        "Brandão Leitão",
    ),
)

PHONES: dict[str, tuple[str, str, int]] = {
    "IE": ("353", "83 85 86 87 89", 7),
    "GB": ("44", "7711 7722 7733 7745 7756 7841 7852 7946", 6),
    "PL": ("48", "501 512 530 602 664 698 721 783 792 886", 6),
    "LT": ("370", "61 62 65 67 68", 6),
    "DE": ("49", "1511 1512 1514 1515 1602 1702 1715 1726 1733 1757", 7),
    "FR": ("33", "611 622 644 667 672 681", 6),
    "ES": ("34", "611 620 630 650 660 679", 6),
    "IT": ("39", "320 328 333 338 340 347 348", 7),
    "NL": ("31", "61 62 63 64 65", 7),
    "SE": ("46", "70 72 73 76", 7),
    "DK": ("45", "203 214 226 231 245 281 301 312 402 421 512 604", 5),
    "FI": ("358", "40 44 45 46 50", 7),
    "CZ": ("420", "601 602 603 605 606 721 723 731 737 774 776", 6),
    "HU": ("36", "20 30 70", 7),
    "RO": ("40", "722 723 726 731 740 745 755 766", 6),
    "GR": ("30", "690 693 694 697 698", 7),
    "UA": ("380", "50 63 66 67 68 93 95 96 97 98 99", 7),
    "TR": ("90", "530 532 533 535 537 542 544 546 555", 7),
    "IN": ("91", "98 99", 8),
    "AE": ("971", "50 52 54 55 56 58", 7),
    "CN": ("86", "135 136 137 138 139 150 158 159 186 187 188", 8),
    "JP": ("81", "901 902 903 904 905 801 802 803 804 805", 7),
    "KR": ("82", "102 103 104 106 107 108 109", 7),
    "VN": ("84", "90 91 93 96 97 98", 7),
    "NG": ("234", "803 805 806 813 816", 7),
    "BR": ("55", "1196 1197 1198 1199 2198 3199", 7),
}
"""Region: country code, beginnings of mobile numbers, and how many free digits follow."""

FEATURED: tuple[tuple[int, str, str, str, str], ...] = (
    (
        24,
        "Marta Kowalczyk",
        "IE",
        "marta.k@example.com",
        "Calls before 17:00 only. Wants old screens returned.",
    ),
    (30, "Aisling Byrne", "IE", "aisling.byrne@example.com", ""),
    (33, "Fatima El Amrani", "FR", "", ""),
    (38, "Yuki Tanaka", "JP", "yuki@example.org", ""),
    (41, "Liam O’Connor", "IE", "liam.oconnor@example.com", "Collects after work, never on Fridays."),
    (45, "Søren Kjær", "DK", "", ""),
    (49, "Priya Raghunathan", "IN", "priya.r@example.net", ""),
    (52, "Amara Diallo", "IE", "", ""),
    (55, "Olena Shevchenko", "UA", "olena.s@example.org", ""),
    (57, "Chidi Okafor", "GB", "chidi@example.net", ""),
    (59, "João Pereira", "BR", "", ""),
    (61, "Jonas Lindqvist", "SE", "jonas.lindqvist@example.com", ""),
    (64, "नेहा शर्मा", "IN", "", "Speaks Hindi and English."),
    (67, "Nguyễn Thị Lan", "FR", "lan.nguyen@example.org", ""),
    (70, "Zeynep Yılmaz", "DE", "", ""),
    (72, "محمد الأنصاري", "AE", "", ""),
    (74, "Seán Ó Súilleabháin", "IE", "sean.os@example.com", ""),
    (76, "王秀英", "CN", "", ""),
    (78, "Ελένη Παπαδοπούλου", "GR", "eleni@example.org", ""),
)
"""People on the first screens: PL number, name, region of the phone, e-mail, note."""
